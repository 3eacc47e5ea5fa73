#!/usr/bin/env python3
"""A stand-in for speedtest.net and for a Speedtest Mini server, so that speedtest-cli can be run on a link that leads nowhere
else (benches/side_by_side.sh). It gives what speedtest-cli 2.1.3 reads, in the amounts that speedtest.net has asked for over
the years: ten seconds each way, eight connections down, two up. Standard library alone; it listens on 10.77.0.2, port 80."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONFIG = b"""<settings>
<client ip="10.77.0.1" lat="48.85" lon="2.35" isp="bench" country="FR"/>
<server-config threadcount="4" ignoreids=""/>
<download testlength="10" threadsperurl="4"/>
<upload testlength="10" ratio="5" maxchunkcount="50" threads="2"/>
</settings>"""
BLOCK = bytes(range(256)) * 256


class Mini(BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.split("?")[0]
        name = path.rsplit("/", 1)[-1]
        if name == "speedtest-config.php":
            self.give(CONFIG)
        elif name == "latency.txt":
            self.give(b"test=test\n")
        elif name.startswith("random"):
            side = int(name[len("random"):].split("x")[0])
            # As large as the pictures are whose names these are.
            self.stream(2 * side * side)
        else:
            self.give(b'upload_extension: "php"')

    def do_POST(self):
        left = int(self.headers["Content-Length"])
        while left > 0:
            part = self.rfile.read(min(left, 16384))
            if not part:
                return
            left -= len(part)
        self.give(b"size=%d" % int(self.headers["Content-Length"]))

    def give(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self, length):
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        try:
            while length > 0:
                length -= self.wfile.write(BLOCK[: min(length, len(BLOCK))])
        except OSError:
            pass

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("10.77.0.2", 80), Mini).serve_forever()
