use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;

use super::fixture::Fixture;
use super::*;

pub(crate) const EC25: &str = "
usb 1-1.4 2c7c:0125 Quectel / EC25-E
if 00 ff/ff/ff option ttyUSB0
if 01 ff/00/00 option ttyUSB1
if 02 ff/00/00 option ttyUSB2
if 03 ff/00/00 option ttyUSB3
if 04 ff/ff/ff qmi_wwan net:wwan0 cdc-wdm0
";

const SECOND_EC25: &str = "
usb 1-1.10 2c7c:0125 Quectel / EC25-E
if 00 ff/ff/ff option ttyUSB4
if 01 ff/00/00 option ttyUSB5
if 02 ff/00/00 option ttyUSB6
if 03 ff/00/00 option ttyUSB7
if 04 ff/ff/ff qmi_wwan net:wwan1 cdc-wdm1
";

const SIM7600: &str = "
usb 2-1 1e0e:9001 SimTech, Incorporated / SimTech, Incorporated
if 00 ff/ff/ff option ttyUSB0
if 01 ff/00/00 option ttyUSB1
if 02 ff/00/00 option ttyUSB2
if 03 ff/00/00 option ttyUSB3
if 04 ff/00/00 option ttyUSB4
if 05 02/0e/00 cdc_mbim net:wwan0 cdc-wdm0
";

const E3372: &str = "
usb 1-2 12d1:1506 HUAWEI_MOBILE / HUAWEI_MOBILE
if 00 ff/02/12 option ttyUSB0
if 01 ff/02/10 option ttyUSB1
if 02 ff/02/16 huawei_cdc_ncm net:wwx0c5b8f279a64 cdc-wdm0
if 03 08/06/50 usb-storage
";

const EM7455: &str = "
usb 2-3 1199:9079 Sierra Wireless, Incorporated / Sierra Wireless EM7455
if 00 ff/ff/ff qcserial ttyUSB0
if 02 ff/00/00 qcserial ttyUSB1
if 03 ff/00/00 qcserial ttyUSB2
if 08 ff/ff/ff qmi_wwan net:wwp0s20f0u3i8 cdc-wdm0
if 0a ff/ff/ff qmi_wwan net:wwp0s20f0u3i10 cdc-wdm1
";

const FTDI: &str = "
usb 1-3 0403:6011 FTDI / Quad RS232-HS
if 00 ff/ff/ff ftdi_sio ttyUSB0
if 01 ff/ff/ff ftdi_sio ttyUSB1
if 02 ff/ff/ff ftdi_sio ttyUSB2
if 03 ff/ff/ff ftdi_sio ttyUSB3
";

const BOARDS: &str = "
usb 1-4 2341:0043 Arduino (www.arduino.cc) / Uno
if 00 02/02/01 cdc_acm ttyACM0
usb 1-5 2e8a:000a Raspberry Pi / Pico
if 00 02/02/00 cdc_acm ttyACM1
if 02 02/06/00 cdc_ether net:usb0
usb 1-6 1546:01a8 u-blox AG / u-blox GNSS receiver
if 00 02/02/01 cdc_acm ttyACM2
usb 1-7 0bda:8153 Realtek / USB 10/100/1000 LAN
if 00 ff/ff/00 r8152 net:enx00e04c680001
";

/// `name=role`, in order.
fn roles(modem: &FoundModem) -> Vec<String> {
    let role = |port: &Port| {
        let name = port.path.file_name().unwrap().to_str().unwrap();
        format!("{name}={:?}", port.role).to_lowercase()
    };
    modem.ports.iter().map(role).collect()
}

fn names(ports: &[&Port]) -> Vec<String> {
    let name = |port: &&Port| {
        port.path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned()
    };
    ports.iter().map(name).collect()
}

fn only(text: &str) -> FoundModem {
    let mut found = Fixture::new(text).survey();
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[test]
fn an_ec25_has_its_ports_roles_and_interface() {
    let modem = only(EC25);
    assert_eq!(modem.id, "usb:1-1.4");
    let usb = modem.usb.as_ref().unwrap();
    assert_eq!((usb.id.vendor, usb.id.product), (0x2c7c, 0x0125));
    assert_eq!(usb.manufacturer.as_deref(), Some("Quectel"));
    assert_eq!(usb.product.as_deref(), Some("EC25-E"));
    let expected = ["ttyusb0=diag", "ttyusb1=nmea", "ttyusb2=at", "ttyusb3=at2"];
    assert_eq!(roles(&modem), expected);
    assert_eq!(modem.net_interface.as_deref(), Some("wwan0"));
    assert_eq!(modem.managed_by, None);
    let port = modem.at_port().unwrap();
    assert_eq!(port.driver.as_deref(), Some("option"));
    assert_eq!((port.interface, port.class), (Some(2), Some((0xff, 0, 0))));
    assert_eq!(names(&modem.candidates()), ["ttyUSB2", "ttyUSB3"]);
}

#[test]
fn a_sim7600_leaves_its_voice_port_alone() {
    let modem = only(SIM7600);
    assert!(modem.ports[4].leave_alone);
    assert_eq!(names(&modem.candidates()), ["ttyUSB2", "ttyUSB3"]);
    assert_eq!(modem.net_interface.as_deref(), Some("wwan0"));
}

#[test]
fn a_huawei_stick_tells_by_the_class_of_its_interfaces() {
    let modem = only(E3372);
    assert_eq!(roles(&modem), ["ttyusb0=at", "ttyusb1=ppp"]);
    // Nobody talks on the port that may be in a call.
    assert_eq!(names(&modem.candidates()), ["ttyUSB0"]);
    assert_eq!(modem.net_interface.as_deref(), Some("wwx0c5b8f279a64"));
}

#[test]
fn an_em7455_is_known_by_interface_numbers_that_skip() {
    let modem = only(EM7455);
    assert_eq!(
        roles(&modem),
        ["ttyusb0=diag", "ttyusb1=nmea", "ttyusb2=at"]
    );
    assert_eq!(modem.net_interface.as_deref(), Some("wwp0s20f0u3i8"));
}

#[test]
fn two_of_a_kind_are_told_apart_by_their_places() {
    let found = Fixture::new(&format!("{SECOND_EC25}{EC25}")).survey();
    let ids: Vec<&str> = found.iter().map(|modem| modem.id.as_str()).collect();
    assert_eq!(ids, ["usb:1-1.4", "usb:1-1.10"]);
    assert_eq!(found[1].net_interface.as_deref(), Some("wwan1"));
    assert!(found[1].at_port().unwrap().path.ends_with("ttyUSB6"));
}

#[test]
fn adapters_boards_receivers_and_network_cards_are_no_modems() {
    assert_eq!(Fixture::new(FTDI).survey(), []);
    assert_eq!(Fixture::new(BOARDS).survey(), []);
    assert_eq!(Fixture::new("").survey(), []);
    // This one is reached over PCI; what it shows on USB is not its modem.
    let elsewhere = "usb 1-1 1bc7:1075 Telit / FN990\nif 00 ff/ff/ff option ttyUSB0";
    assert_eq!(Fixture::new(elsewhere).survey(), []);
    let found = Fixture::new(&format!("{FTDI}{BOARDS}{EM7455}")).survey();
    assert_eq!(found.len(), 1);
}

#[test]
fn a_modem_of_unknown_ids_is_known_by_its_drivers_and_probed() {
    let by_serial =
        "usb 1-1 beef:0001\nif 00 ff/ff/ff option ttyUSB0\nif 02 ff/ff/ff option ttyUSB1";
    let modem = only(by_serial);
    assert_eq!(modem.at_port(), None);
    assert_eq!(names(&modem.candidates()), ["ttyUSB0", "ttyUSB1"]);
    let by_net =
        "usb 1-1 beef:0001\nif 00 02/02/01 cdc_acm ttyACM0\nif 02 02/0e/00 cdc_mbim net:wwan0";
    assert_eq!(names(&only(by_net).candidates()), ["ttyACM0"]);
    let by_hand =
        |second| format!("usb 1-1 beef:0001\nif 00 ff/ff/ff usbserial_generic ttyUSB0\n{second}");
    assert_eq!(Fixture::new(&by_hand("")).survey(), []);
    only(&by_hand("if 01 ff/ff/ff usbserial_generic ttyUSB1"));
}

#[test]
fn a_modem_on_pci_is_found_by_its_wwan_ports() {
    let modem = only(
        "pci 0000:01:00.0
         wwan wwan0at0 AT
         wwan wwan0mbim0 MBIM
         wwan wwan0qcdm0 QCDM
         proc 900 ModemManager wwan0mbim0",
    );
    assert_eq!(modem.id, "pci:0000:01:00.0");
    assert_eq!(modem.usb, None);
    assert_eq!(roles(&modem), ["wwan0at0=at", "wwan0qcdm0=diag"]);
    assert!(modem.managed_by.is_some());
}

#[test]
fn who_holds_a_port_and_who_manages_the_modem_is_said() {
    let modem = only(&format!(
        "{EC25}proc 900 ModemManager ttyUSB2\nproc 901 cat ttyUSB3"
    ));
    let held = |at: usize| modem.ports[at].held_by.as_ref().map(ToString::to_string);
    assert_eq!(held(2).as_deref(), Some("ModemManager (pid 900)"));
    assert_eq!(held(3).as_deref(), Some("cat (pid 901)"));
    assert_eq!(held(0), None);
    assert_eq!(modem.managed_by.unwrap().pid, 900);
}

#[test]
fn a_modem_held_through_its_control_channel_is_managed_too() {
    let through_proxy = format!("{EC25}proc 900 ModemManager\nproc 901 qmi-proxy cdc-wdm0");
    assert_eq!(only(&through_proxy).managed_by.unwrap().pid, 900);
    let another = format!("{EC25}{SECOND_EC25}proc 900 ModemManager cdc-wdm1");
    let found = Fixture::new(&another).survey();
    assert_eq!(found[0].managed_by, None);
    assert!(found[1].managed_by.is_some());
    let idle = format!("{EC25}proc 900 ModemManager");
    assert_eq!(only(&idle).managed_by, None);
}

#[test]
fn the_group_of_a_port_is_named() {
    let bench = Fixture::new(EC25);
    let gid = fs::metadata(bench.path("dev/ttyUSB2")).unwrap().gid();
    fs::write(bench.path("etc/group"), format!("dialout:x:{gid}:\n")).unwrap();
    let found = bench.survey();
    assert_eq!(found[0].ports[2].group.as_deref(), Some("dialout"));
    fs::write(bench.path("etc/group"), [0xff, 0xfe]).unwrap();
    let found = bench.survey();
    assert_eq!(found[0].ports[2].group, Some(gid.to_string()));
    fs::remove_file(bench.path("dev/ttyUSB2")).unwrap();
    assert_eq!(bench.survey()[0].ports[2].group, None);
}

#[test]
fn a_broken_tree_gives_what_can_be_read() {
    let bench = Fixture::new(&format!("{EC25}{SECOND_EC25}"));
    let class = bench.path("sys/class/tty");
    symlink("../../devices/gone/tty/ttyUSB9", class.join("ttyUSB9")).unwrap();
    symlink(class.join("ttyUSB10"), class.join("ttyUSB10")).unwrap();
    symlink("/etc", class.join("ttyUSB11")).unwrap();
    fs::write(class.join("ttyUSB12"), "a file").unwrap();
    fs::write(class.join("ttyUSB\x1b[2J"), "a file").unwrap();
    let outside = Fixture::new(EC25);
    let elsewhere = fs::canonicalize(outside.path("sys/class/tty/ttyUSB0")).unwrap();
    symlink(elsewhere, class.join("ttyUSB20")).unwrap();
    assert_eq!(bench.survey()[0].ports.len(), 4);
    // The second modem's descriptors are noise.
    bench.attribute("idProduct", &[0xff, 0x00, 0x1b]);
    assert_eq!(bench.survey().len(), 1);
    bench.attribute("idProduct", b"0125\n");
    bench.attribute("product", b"\x1b[31mEC25\xff\xe2\x80\xae\n\x07");
    bench.attribute("manufacturer", b"\n");
    let interface = bench.path("sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.10/1-1.10:1.2");
    fs::write(interface.join("bInterfaceNumber"), "zz").unwrap();
    fs::remove_file(interface.join("bInterfaceClass")).unwrap();
    fs::remove_file(interface.join("driver")).unwrap();
    let found = bench.survey();
    let usb = found[1].usb.as_ref().unwrap();
    assert_eq!(usb.product.as_deref(), Some("[31mEC25\u{fffd}"));
    assert_eq!(usb.manufacturer, None);
    assert_eq!(found[1].ports.len(), 4);
    assert_eq!(names(&found[1].candidates()), ["ttyUSB7", "ttyUSB6"]);
    // The device's directory loses its files one by one.
    for file in ["idVendor", "idProduct"] {
        fs::remove_file(interface.parent().unwrap().join(file)).unwrap();
        assert_eq!(bench.survey().len(), 1);
    }
}

#[test]
fn no_tree_at_all_is_no_modem() {
    let sysfs = Sysfs::under(Path::new("/nowhere"));
    let nothing = Survey::default();
    assert_eq!(survey(&sysfs, &Occupancy::default()), nothing);
    let empty = tempfile::tempdir().unwrap();
    fs::write(empty.path().join("sys"), "a file").unwrap();
    assert_eq!(
        survey(&Sysfs::under(empty.path()), &Occupancy::default()),
        nothing
    );
}

mod picking {
    use super::*;

    fn path(bench: &Fixture, port: &str) -> String {
        bench.path("dev").join(port).display().to_string()
    }

    #[test]
    fn the_only_modem_is_taken_without_a_word() {
        let bench = Fixture::new(EC25);
        let found = bench.survey();
        let choice = pick(&found, None).unwrap();
        // The second AT port is for when the first is dead.
        let ports = ["dev/ttyUSB2", "dev/ttyUSB3"].map(|port| bench.path(port));
        assert_eq!(choice.ports, ports);
        assert!(choice.certain);
        assert_eq!(choice.modem.unwrap().id, "usb:1-1.4");
    }

    #[test]
    fn several_modems_are_never_chosen_between() {
        let found = Fixture::new(&format!("{EC25}{SECOND_EC25}")).survey();
        let several = PickError::Several(vec!["usb:1-1.4".to_owned(), "usb:1-1.10".to_owned()]);
        assert_eq!(pick(&found, None), Err(several));
        let choice = pick(&found, Some("usb:1-1.10")).unwrap();
        assert!(choice.ports[0].ends_with("ttyUSB6"));
        assert_eq!(pick(&[], None), Err(PickError::None));
        let absent = pick(&found, Some("usb:3-1")).unwrap_err();
        assert!(matches!(absent, PickError::Absent { found, .. } if found.len() == 2));
    }

    #[test]
    fn a_port_is_taken_by_its_path_or_a_link_to_it() {
        let bench = Fixture::new(EC25);
        let found = bench.survey();
        let link = path(&bench, "by-id-modem");
        symlink("ttyUSB3", &link).unwrap();
        for port in [path(&bench, "ttyUSB3"), link] {
            let choice = pick(&found, Some(&port)).unwrap();
            assert_eq!(choice.ports, [PathBuf::from(&port)]);
            assert_eq!(choice.modem.unwrap().id, "usb:1-1.4");
        }
        let choice = pick(&found, Some("/dev/pts/4000")).unwrap();
        assert_eq!((choice.modem, choice.certain), (None, true));
    }

    #[test]
    fn a_diagnostics_port_is_refused_with_the_port_to_take() {
        let bench = Fixture::new(EC25);
        let refusal = PickError::Diagnostics {
            port: path(&bench, "ttyUSB0"),
            instead: Some(path(&bench, "ttyUSB2")),
        };
        let found = bench.survey();
        assert_eq!(pick(&found, Some(&path(&bench, "ttyUSB0"))), Err(refusal));
    }

    #[test]
    fn unknown_ports_are_a_list_to_probe() {
        let text =
            "usb 1-1 beef:0001\nif 00 ff/ff/ff option ttyUSB0\nif 02 ff/ff/ff option ttyUSB1";
        let found = Fixture::new(text).survey();
        let choice = pick(&found, None).unwrap();
        assert!(!choice.certain);
        assert_eq!(choice.ports.len(), 2);
    }

    #[test]
    fn a_modem_without_a_port_for_at_is_said_so() {
        let found = Fixture::new("usb 1-1 beef:0001\nif 00 02/0e/00 cdc_mbim net:wwan0").survey();
        let id = "usb:1-1".to_owned();
        assert_eq!(pick(&found, None), Err(PickError::NoAtPort { id }));
    }
}
