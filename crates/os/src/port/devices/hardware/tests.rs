use super::*;

const MODEM: &str = r"USB\VID_2C7C&PID_0125";

fn part(number: u8, set: impl FnOnce(&mut Function)) -> Function {
    let mut function = Function {
        instance: format!(r"{MODEM}&MI_{number:02X}\6&1a2b3c&0&{number:04}"),
        ..Function::default()
    };
    set(&mut function);
    function
}

fn port(number: u8, name: &str, port: &str) -> Function {
    part(number, |function| {
        function.class = Some("Ports".to_owned());
        function.service = Some("qcusbser".to_owned());
        function.maker = Some("Quectel".to_owned());
        function.name = Some(format!("{name} ({port})"));
        function.port = Some(port.to_owned());
        function.compatible = vec![r"USB\Class_ff&SubClass_00&Prot_00".to_owned()];
    })
}

fn whole(location: &str) -> Function {
    Function {
        instance: format!(r"{MODEM}\5&2D7B4F&0&4"),
        class: Some("USB".to_owned()),
        service: Some("usbccgp".to_owned()),
        name: Some("@usb.inf,%usb\\composite.devicedesc%;USB Composite Device".to_owned()),
        location: Some(location.to_owned()),
        prefix: Some("6&1a2b3c&0".to_owned()),
        ..Function::default()
    }
}

fn ec25() -> Vec<Function> {
    vec![
        // In no order, as the system lists them.
        port(3, "Quectel USB Modem", "COM7"),
        port(2, "Quectel USB AT Port", "COM5"),
        whole("Port_#0004.Hub_#0001"),
        port(0, "Quectel USB DM Port", "COM3"),
        part(4, |net| {
            net.class = Some("Net".to_owned());
            net.service = Some("qcusbnet".to_owned());
            net.maker = Some("@oem5.inf,%quectel%;Quectel".to_owned());
            net.name = Some("Quectel Wireless Ethernet Adapter".to_owned());
            net.net = Some("Cellular".to_owned());
        }),
    ]
}

#[test]
fn the_functions_of_a_modem_become_one_device_with_its_interfaces_numbers() {
    let bus = assemble(&ec25());
    let [device] = &bus.devices[..] else {
        panic!("{bus:?}");
    };
    assert_eq!(device.id, "usb:1-4");
    let ports: Vec<(&str, Option<u8>)> = device
        .serial
        .iter()
        .map(|node| (node.name.as_str(), node.interface))
        .collect();
    let expected = [("COM3", Some(0)), ("COM5", Some(2)), ("COM7", Some(3))];
    assert_eq!(ports, expected);
    assert_eq!(device.serial[0].class, Some((0xff, 0, 0)));
    assert_eq!(device.serial[0].driver.as_deref(), Some("qcusbser"));
    assert_eq!(device.nets[0].name, "Cellular");
    let usb = device.usb.as_ref().expect("a device of USB");
    assert_eq!((usb.id.vendor, usb.id.product), (0x2c7c, 0x0125));
    assert_eq!(
        usb.name().as_deref(),
        Some("Quectel Wireless Ethernet Adapter")
    );
    assert_eq!(bus.usb.len(), 1);
    assert_eq!(bus.usb[0].interfaces.len(), 4);
}

#[test]
fn two_of_a_kind_are_told_apart_by_their_places() {
    let mut functions = ec25();
    functions.extend(ec25().into_iter().map(|mut function| {
        function.instance = function.instance.replace("1a2b3c", "9f8e7d");
        function.instance = function.instance.replace("2D7B4F&0&4", "2D7B4F&0&10");
        function.prefix = function.prefix.map(|_| "6&9f8e7d&0".to_owned());
        function.location = function.location.map(|_| "Port_#0010.Hub_#0001".to_owned());
        function.port = function.port.map(|port| port.replace("COM", "COM1"));
        function
    }));
    let ids: Vec<String> = assemble(&functions)
        .devices
        .into_iter()
        .map(|d| d.id)
        .collect();
    assert_eq!(ids, ["usb:1-4", "usb:1-10"]);
}

#[test]
fn a_broadband_adapter_has_a_network_interface_and_no_port() {
    let adapter = Function {
        instance: r"USB\VID_1199&PID_9079\LF12345678901".to_owned(),
        class: Some("Net".to_owned()),
        service: Some("cxwmbclass".to_owned()),
        name: Some("Sierra Wireless EM7455".to_owned()),
        location: Some("Port_#0002.Hub_#0003".to_owned()),
        compatible: vec![
            r"USB\Class_02&SubClass_0e&Prot_00".to_owned(),
            r"USB\Class_02".to_owned(),
        ],
        ..Function::default()
    };
    let bus = assemble(&[adapter]);
    let device = &bus.devices[0];
    assert_eq!((device.id.as_str(), device.serial.len()), ("usb:3-2", 0));
    assert_eq!(device.nets[0].driver.as_deref(), Some("wmbclass"));
    assert_eq!(device.nets[0].class, Some((2, 0x0e, 0)));
}

#[test]
fn a_modem_that_windows_dials_by_is_one_whatever_drives_it() {
    let modem = part(3, |function| {
        function.class = Some("Modem".to_owned());
        function.service = Some("usbser".to_owned());
        function.port = Some("COM9".to_owned());
    });
    let bus = assemble(&[modem]);
    assert_eq!(bus.devices[0].serial[0].driver.as_deref(), Some("modem"));
    // Without a device that tells its place, by the name that Windows gave.
    assert_eq!(bus.devices[0].id, "usb:6&1a2b3c&0");
}

#[test]
fn what_has_no_driver_is_seen_with_its_class_and_its_own_name() {
    let bare = part(2, |function| {
        function.name = Some("SimTech, Incorporated".to_owned());
        function.compatible = vec![r"USB\Class_ff&SubClass_00&Prot_00".to_owned()];
    });
    let bus = assemble(&[whole("Port_#0005.Hub_#0001"), bare]);
    assert_eq!(bus.devices, [], "there is nothing to talk to");
    let usb = &bus.usb[0];
    assert_eq!(usb.id, "usb:1-5");
    assert_eq!(usb.usb.product.as_deref(), Some("SimTech, Incorporated"));
    let interface = &usb.interfaces[0];
    assert_eq!((interface.class, &interface.driver), ((0xff, 0, 0), &None));
}

#[test]
fn what_makes_no_sense_is_passed_over() {
    let names = [
        "",
        "USB",
        r"USB\VID_2C7C&PID_0125",
        r"USB\VID_2C7C&PID_0125\",
        r"USB\VID_2C7C&PID_012\x",
        r"USB\VID_+C7C&PID_0125\x",
        r"USB\VID_é&PID_0125\x",
        r"USB\ROOT_HUB30\4&1",
        r"PCI\VID_8086&DEV_A36D\3&1",
        r"USB\VID_2C7C&PID_0125\x\y",
    ];
    for name in names {
        let function = Function {
            instance: name.to_owned(),
            port: Some("COM5".to_owned()),
            ..Function::default()
        };
        assert_eq!(assemble(&[function]), Bus::default(), "{name}");
    }
    // A device may say anything of itself.
    let hostile = part(2, |function| {
        function.port = Some(r"..\..\COM5".to_owned());
        function.name = Some("\u{1b}[31mEC25\u{202e}\n\u{7}".to_owned());
        function.compatible = vec!["Class_é".to_owned(), r"USB\Class_zz".to_owned()];
        function.location = Some("Port_#+4.Hub_#é".to_owned());
    });
    let bus = assemble(&[hostile]);
    assert_eq!(bus.devices, []);
    assert_eq!(bus.usb[0].interfaces[0].class, (0, 0, 0));
}

#[test]
fn a_name_with_its_number_in_a_file_before_it_is_read_without() {
    let named = "@oem5.inf,%quectel%;Quectel Wireless";
    assert_eq!(readable(named).as_deref(), Some("Quectel Wireless"));
    assert_eq!(readable("Quectel; Inc.").as_deref(), Some("Quectel; Inc."));
    assert_eq!(readable("@oem5.inf,-3"), None);
}
