import Foundation
import Identifiers
import TestSupport
import Testing

@Suite struct InternetAddressTests {
  @Test(
    arguments: [
      ("192.0.2.7", "192.0.2.7", nil), (" 192.0.2.7:443 ", "192.0.2.7", 443),
      ("[2001:DB8::1]:8080", "2001:db8::1", 8080),
      ("[2001:db8::1]", "2001:db8::1", nil),
      ("2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1", nil),
      ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", nil), ("::ffff:192.0.2.7", "192.0.2.7", nil),
      ("::FFFF:c000:0207", "192.0.2.7", nil), ("[::ffff:192.0.2.7]:443", "192.0.2.7", 443),
      ("fe80::1%eth0", "fe80::1", nil), ("192.0.2.7:0", "192.0.2.7", nil),
      ("192.0.2.7:70000", "192.0.2.7", nil),
      ("192.0.2.7/32", "192.0.2.7", nil), ("\u{200E}192.0.2.7", "192.0.2.7", nil),
      ("255.1.2.3", "255.1.2.3", nil),
    ] as [(String, String, UInt16?)])
  func canonical(raw: String, expected: String, port: UInt16?) {
    let result = normalise(raw, .ip)
    #expect(result.canonical == expected)
    #expect(result.port == port)
  }

  @Test(arguments: [
    ("10.1.2.3", "private-range"), ("172.31.0.1", "private-range"), ("192.168.1.1", "private-range"),
    ("fd00::1", "private-range"), ("100.64.0.1", "cgnat"), ("100.127.255.255", "cgnat"),
    ("127.0.0.1", "loopback"),
    ("::1", "loopback"), ("169.254.1.1", "link-local"), ("fe80::1", "link-local"),
    ("192.0.2.1", "documentation"),
    ("198.51.100.1", "documentation"), ("203.0.113.1", "documentation"), ("2001:db8::", "documentation"),
    ("3fff:fff::1", "documentation"), ("224.0.0.1", "multicast"), ("ff02::1", "multicast"),
    ("240.0.0.1", "reserved"),
  ])
  func scopes(raw: String, flag: String) {
    let result = normalise(raw, .ip)
    #expect(result.flags == [flag])
    #expect(!result.canonical.isEmpty)
  }

  @Test(arguments: ["172.32.0.1", "100.128.0.1", "100.63.255.255", "8.8.8.8", "2a00:1450::1"])
  func ordinary(raw: String) { #expect(normalise(raw, .ip).flags.isEmpty) }

  @Test(arguments: [
    ("0.0.0.0", "unspecified"), ("::", "unspecified"), ("255.255.255.255", "broadcast"), ("", "placeholder"),
    ("-", "placeholder"), ("256.1.1.1", "invalid-ip"), ("1.2.3", "invalid-ip"), ("1.2.3.4.5", "invalid-ip"),
    ("01.2.3.4", "invalid-ip"), ("1..2.3", "invalid-ip"), ("2001:db8:::1", "invalid-ip"),
    ("[192.0.2.7", "invalid-ip"),
    ("192.0.2.x", "masked"), ("192.0.2.0/24", "network-range"), ("2001:db8::/32", "network-range"),
    ("192.0.2.7/33", "invalid-ip"), ("example.com", "masked"), ("host", "invalid-ip"),
  ])
  func identifiesNothing(raw: String, flag: String) {
    let result = normalise(raw, .ip)
    #expect(result.canonical.isEmpty)
    #expect(result.flags.contains(flag))
  }

  @Test func networks() {
    #expect(normalise("203.0.113.77", .ip).key("ipv4-24") == "203.0.113.0/24")
    #expect(normalise("2001:db8:1:2:3:4:5:6", .ip).key("ipv6-64") == "2001:db8:1:2::/64")
    #expect(normalise("203.0.113.0/24", .ip).key("ipv4-24") == "203.0.113.0/24")
    // Of these the first half is the translator's, and the same for all behind it.
    for address in ["2001:0:c000:221:8000:63bf:3fff:fdd2", "64:ff9b::c000:221", "64:ff9b:1::c000:221"] {
      #expect(normalise(address, .ip).key("ipv6-64") == nil, "\(address)")
    }
  }

  @Test func agreesWithTheSystemOnEveryReading() {
    var generator = SplitMix(seed: 3)
    let alphabet = Array("0123456789abcf.::::...")
    var valid = 0
    for round in 0..<50_000 {
      let length = Int.random(in: 2...24, using: &generator)
      var text = String((0..<length).compactMap { _ in alphabet.randomElement(using: &generator) })
      if round % 2 == 0 {
        text = (0..<4).map { _ in String(generator.next() % 300) }.joined(separator: ".")
      }
      var four = in_addr()
      var six = in6_addr()
      let system = inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1
      #expect((IPAddress(text) != nil) == system, "\(text)")
      if let address = IPAddress(text) {
        #expect(IPAddress(address.description) == address)
        valid += 1
      }
    }
    #expect(valid > 1_000)
  }
}
