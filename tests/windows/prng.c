/* The bcryptprimitives.dll that Wine 8 lacks, and that every program of today's Rust asks for its random numbers: the one
 * function that they take of it, over Wine's own source. For Wine alone; it goes into the prefix and is never shipped. */
#include <stddef.h>

unsigned char __stdcall SystemFunction036(void *bytes, unsigned long count);

int __stdcall DllMainCRTStartup(void *instance, unsigned long reason, void *reserved) {
    (void)instance, (void)reason, (void)reserved;
    return 1;
}

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *bytes, size_t count) {
    while (count > 0) {
        unsigned long part = count > 0x10000000 ? 0x10000000 : (unsigned long)count;
        if (!SystemFunction036(bytes, part))
            return 0;
        bytes += part;
        count -= part;
    }
    return 1;
}
