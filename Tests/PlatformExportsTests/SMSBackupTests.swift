import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct SMSBackupTests {
  static let sample = """
    <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
    <!--File Created By SMS Backup & Restore; <sms address="1" /> is not one -->
    <?xml-stylesheet type="text/xsl" href="sms.xsl"?>
    <smses count="99" backup_set="b" backup_date="1700000000000" type="full">
      <sms protocol="0" address="+447700900123" date="1700000001000" type="1" subject="null" \
    body="x &amp; y &lt; &#10;&quot; &amp;#38; Zoë" read="1" date_sent="1700000000000" contact_name="Sam (work)" />
      <sms address="+447700900123" date="1700000002000" type="2" subject="null" body="Yup &#55357;&#56396; \
    &#xD83D;&#xDC4C; &#55357;! &#1;" contact_name="Sam (work)" />
      <sms address="HMRC" date="1700000003000" type="1" body="You owe &lt;sms " contact_name="(Unknown)" />
      <sms address="60006" date="1700000004000" type="1" body="STOP to end" contact_name="null" />
      <sms address="+447700900123" date="1700000005000" type="3" body="never sent" />
      <sms address="+447700900123" date="1700000006000" type="5" body="failed" />
      <sms address="null" date="1700000007000" type="1" body="who" />
      <sms address="+447700900124" date="-1" type="1" body="when" />
      <sms address="+447700900124" date="1700000008000" type="9" body="what" />
      <mms date="1700000009000" msg_box="1" address="+447700900124~+447700900125" m_type="132" sub="null" \
    ct_t="application/vnd.wap.multipart.related" contact_name="A, B"><parts>
        <part seq="-1" ct="application/smil" text="&lt;smil/>" />
        <part seq="0" ct="text/plain" text="first" />
        <part seq="1" ct="image/jpeg" name="a.jpg" text="null" data="QUJD
    REVG" />
        <part seq="2" ct="text/plain" text="second" />
      </parts><addrs><addr address="+447700900125" type="137" charset="106" />
        <addr address="insert-address-token" type="151" /><addr address="+447700900124" type="151" /></addrs></mms>
      <mms date="1700000010000" msg_box="2" address="+447700900124" sub="Hi"><parts>
        <part seq="0" ct="text/plain" text="there" /></parts><addrs>
        <addr address="+447700900999" type="137" /><addr address="+447700900124" type="151" /></addrs></mms>
      <call number="+447700900123" duration="35" date="1700000011000" type="1" presentation="1" \
    contact_name="Sam" />
      <call number="-2" duration="0" date="1700000012000" type="3" presentation="2" contact_name="(Unknown)" />
      <call number="020 7946 0123" duration="0" date="1700000013000" type="2" presentation="1" />
    </smses>
    """

  /// What goes out has the number as it was dialled, what comes in has its country.
  @Test func aNumberWrittenInTwoWaysIsOneConversation() throws {
    let numbers = [
      ("+447700900123", 1), ("07700 900123", 2), ("+447700900124", 1), ("HMRC", 1), ("60123", 1),
      ("60124", 1),
    ]
    let texts = numbers.map { #"<sms address="\#($0)" date="1700000001000" type="\#($1)" body="x" />"# }
    let groups = ["+447700900123~+447700900124", "07700900124~07700900123"].map {
      #"<mms date="1700000009000" msg_box="2" address="\#($0)"><parts><part seq="0" ct="text/plain" text="y" />"#
        + "</parts><addrs></addrs></mms>"
    }
    let text = "<smses count=\"8\">\(texts.joined())\(groups.joined())</smses>"
    let unit = try #require(try ReadOutcome.reading(text, named: "sms.xml").units.first)
    let group = "+447700900123~+447700900124 (group)"
    #expect(
      unit.records(.message).map(\.channel)
        == ["+447700900123", "+447700900123", "+447700900124", "HMRC", "60123", "60124", group, group])
  }

  /// Some phones write their own number among those of a conversation, or one number twice.
  @Test(arguments: [
    "+447700900123~+447700900200", "insert-address-token~07700900123", "+447700900123~07700900123",
  ])
  func oneOtherIsNoGroup(_ addresses: String) throws {
    var options = ReaderOptions()
    options.ownerPhone = "07700 900200"
    let text = """
      <smses count="2"><sms address="+447700900123" date="1700000001000" type="1" body="x" />
      <mms date="1700000009000" msg_box="1" address="\(addresses)"><parts><part seq="0" ct="text/plain" text="y" />
      </parts><addrs><addr address="+447700900123" type="137" /></addrs></mms></smses>
      """
    let unit = try #require(try ReadOutcome.reading(text, named: "sms.xml", options: options).units.first)
    #expect(unit.records(.message).map(\.channel) == ["+447700900123", "+447700900123"])
  }

  /// Cards of contacts, entries of calendars and layouts are nobody's words, whatever text they hold.
  @Test func cardsOfContactsAreNotTheSendersWords() throws {
    let card = "BEGIN:VCARD&#10;FN:Una&#10;TEL:+447700900777&#10;END:VCARD"
    let parts = [
      "text/x-vcard", "text/vcard", "text/x-vCard", "text/directory", "text/calendar", "application/smil",
      "application/smil; charset=utf-8", "application/octet-stream",
    ].enumerated().map { #"<part seq="\#($0.offset)" ct="\#($0.element)" text="\#(card)" />"# }
    let text = """
      <smses count="1"><mms date="1700000009000" msg_box="1" address="+447700900124" sub="null"><parts>
      \(parts.joined())<part seq="9" ct="text/plain" text="hers" /><part seq="10" ct="text/html" text="too" />
      <part seq="11" text="and this" /></parts>
      <addrs><addr address="+447700900124" type="137" /></addrs></mms></smses>
      """
    let unit = try #require(try ReadOutcome.reading(text, named: "sms.xml").units.first)
    #expect(unit.records(.message).map(\.text) == ["hers\ntoo\nand this"])
    #expect(unit.setAside.map { "\($0.unit) \($0.count)" }.sorted() == ["media 6", "smil 2"])
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault })
    #expect(!unit.identifiers.contains { $0.value.contains("900777") })
  }

  @Test func readsEveryKindOfEntry() throws {
    let unit = try #require(try ReadOutcome.reading(Self.sample, named: "sms-1.xml").units.first)
    #expect(unit.format == "sms-backup-xml")
    let messages = unit.records(.message)
    #expect(
      messages.map(\.text) == [
        "x & y < \n\" &#38; Zoë", "Yup 👌 👌 \u{FFFD}! \u{FFFD}", "You owe <sms ", "STOP to end", "failed",
        "first\nsecond", "Hi\nthere",
      ])
    #expect(
      messages.map(\.account) == [
        "sms phone +447700900123", "owner?", "sms handle HMRC", "sms handle 60006", "owner?",
        "sms phone +447700900125", "owner?",
      ])
    #expect(messages[5].channel == "+447700900124~+447700900125 (group)")
    #expect(
      messages[0].time
        == ObservedTime(microseconds: 1_700_000_001_000_000, zone: .known, precision: .millisecond))
    let calls = unit.records(.call)
    #expect(calls.map(\.text) == ["incoming, 35 s", "outgoing"])
    #expect(calls[0].account == "sms phone +447700900123" && calls[0].other == "owner?")
    #expect(calls[1].account == "owner?" && calls[1].other == "sms phone 020 7946 0123")
    #expect(unit.counts("message") == [11, 7, 4])
    #expect(unit.counts("call") == [3, 2, 1])
    let aside = Dictionary(
      uniqueKeysWithValues: unit.setAside.map { ("\($0.unit) \($0.reason.code)", $0.count) })
    #expect(
      aside == [
        "message draft": 1, "message no-author": 1, "message bad-time": 1, "message malformed": 1,
        "call withheld-number": 1, "smil system": 1, "media media": 1, "character lone-surrogate": 1,
        "character illegal-character": 1,
      ])
    #expect(unit.notes.contains { $0.contains("declares 99 entries, holds 14") })
    #expect(
      unit.notes.contains { $0.contains("1 messages were written but are not known to have been sent") })
    #expect(unit.notes.contains { $0.contains("passed over 9 bytes") })
    #expect(unit.notes.contains { $0.contains("joined 2 characters") })
  }

  @Test func namesAndLabelsIdentifiers() throws {
    let unit = try #require(try ReadOutcome.reading(Self.sample, named: "sms-1.xml").units.first)
    func labelled(_ label: String) -> [String] {
      unit.identifiers.filter { $0.label == label }.map { "\($0.account)|\($0.value)|\($0.assertion)" }
    }
    #expect(
      labelled("contact-name") == [
        "sms phone +447700900123|Sam (work)|user", "sms phone +447700900123|Sam|user",
      ])
    // Anyone can send as HMRC: the name tells senders apart here and is no identifier elsewhere.
    #expect(labelled("alphanumeric-sender").isEmpty && labelled("short-code").isEmpty)
    #expect(labelled("mms-from") == ["owner?|+447700900999|claimed"])
    #expect(unit.accounts.first { $0.role == .owner }?.platform == .sms)
    for account in unit.accounts where account.key?.kind == .handle { #expect(account.key?.scope == .source) }
  }

  @Test func ownersNumberNamesTheOwner() throws {
    var options = ReaderOptions()
    options.ownerPhone = "+447700900999"
    let unit = try #require(try ReadOutcome.reading(Self.sample, named: "a", options: options).units.first)
    #expect(unit.records(.message)[1].account == "sms phone +447700900999")
  }

  @Test func locatorsReadTheSameBytesAgain() throws {
    let bytes = Array(Self.sample.utf8)
    let unit = try #require(try ReadOutcome.reading(bytes, named: "a.xml").units.first)
    for record in unit.records {
      let words = record.locator.split(separator: " ")
      let offset = try #require(words.last.flatMap { Int($0) })
      let tag = String(decoding: bytes[offset..<offset + 5], as: UTF8.self)
      #expect(record.recordClass == .call ? tag == "<call" : ["<sms ", "<mms "].contains(tag))
      let line = bytes[..<offset].lazy.filter { $0 == 0x0A }.count + 1
      #expect(words.contains(Substring("\(line)")), "\(record.locator) is on line \(line)")
    }
  }

  @Test func everyPrefixOnlyLosesRecords() throws {
    try checkTruncations(of: Array(Self.sample.utf8), named: "sms.xml")
  }

  @Test func aFaultKeepsWhatStoodBeforeIt() throws {
    let text = """
      <smses count="4">
      <sms address="+447700900001" date="1700000001000" type="1" body="one" />
      <sms address="+447700900001" date="1700000001000" type="1" body="two" body="2" />
      <sms address="+447700900001" date="1700000001000" type="1" body="three" />
      <call number="+447700900001" date="1700000001000" type="1" />
      </smses>
      """
    let unit = try #require(try ReadOutcome.reading(text, named: "a.xml").units.first)
    #expect(unit.records.map(\.text) == ["one"])
    #expect(unit.counts("message") == [3, 1, 2])
    #expect(unit.count("call")?.agrees == true)
    let fault = try #require(unit.setAside.first { $0.unit == "document" })
    #expect(fault.reason.isFault && fault.examples[0].locator?.line == 3)
    let offset = try #require(fault.examples[0].locator?.offset)
    let second = try #require(text.range(of: "body=\"2\""))
    let begin = text.utf8.distance(from: text.startIndex, to: second.lowerBound)
    #expect((begin...begin + 12).contains(Int(offset)))
  }

  @Test(arguments: [
    "<!DOCTYPE smses [<!ENTITY a \"b\">]><smses><sms body=\"&a;\"/></smses>",
    "<?xml version='1.0'?>\n<!-- c --><!DOCTYPE smses SYSTEM \"http://192.0.2.1/x\"><smses/>",
    "<smses><!ENTITY x SYSTEM 'file:///etc/passwd'></smses>",
  ])
  func refusesDeclarations(text: String) throws {
    let refusal = #expect(throws: ExportRefusal.self) { try ReadOutcome.reading(text, named: "a.xml") }
    #expect(refusal?.code == "doctype")
  }

  @Test func refusesEncodingsThatHideMarkup() throws {
    let plain = "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE smses><smses/>"
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in plain.utf16 {
      little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    let utf7 = Array("<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE smses><smses/>".utf8)
    for bytes in [little, big, Array(little.dropFirst(2)), Array(big.dropFirst(2)), utf7, Array(plain.utf8)] {
      let refusal = #expect(throws: ExportRefusal.self) { try ReadOutcome.reading(bytes, named: "a.xml") }
      #expect(refusal?.code == "encoding")
    }
  }

  @Test func readsLatin1AndByteOrderMark() throws {
    var bytes = Array("<?xml version='1.0' encoding='ISO-8859-1'?><smses><sms address='+447700900001' ".utf8)
    bytes += Array("date='1700000001000' type='1' body='Zo".utf8) + [0xEB] + Array("'/></smses>".utf8)
    #expect(try ReadOutcome.reading(bytes, named: "a").units.first?.records.first?.text == "Zoë")
    let marked = Array("\u{FEFF}\(Self.sample)".utf8)
    let unit = try #require(try ReadOutcome.reading(marked, named: "a").units.first)
    #expect(unit.records(.message).count == 7)
    #expect(unit.records[0].locator.hasSuffix("byte \(3 + Self.offset(of: "<sms protocol"))"))
  }

  private static func offset(of needle: String) -> Int {
    sample.range(of: needle).map { sample.utf8.distance(from: sample.startIndex, to: $0.lowerBound) } ?? -1
  }

  @Test func bytesThatAreNotUTF8BecomeReplacementCharacters() throws {
    var bytes = Array("<smses><sms address='+447700900001' date='1700000001000' type='1' body='a".utf8)
    bytes += [0x00, 0x0B, 0xC3, 0x28, 0xED, 0xA0, 0xBD, 0xEF, 0xBF, 0xBF, 0xFF] + Array("z'/></smses>".utf8)
    let unit = try #require(try ReadOutcome.reading(bytes, named: "a").units.first)
    #expect(unit.records[0].text == "a\u{FFFD}\u{FFFD}\u{FFFD}(\u{FFFD}\u{FFFD}\u{FFFD}z")
    #expect(unit.setAside.first { $0.reason.code == "invalid-utf8" }?.count == 3)
    #expect(unit.setAside.first { $0.reason.code == "illegal-character" }?.count == 3)
  }

  @Test func hugeAttributesAndManyAttributes() throws {
    let base64 = String(repeating: "QUJD", count: 3_000_000)
    let attributes = (0..<3000).map { "a\($0)='x'" }.joined(separator: " ")
    let text = """
      <smses><mms date="1700000009000" msg_box="1" address="+447700900124"><parts><part seq="0" ct="image/png" \
      data="\(base64)"/><part ct="text/plain" text="see"/></parts></mms>
      <sms address="+447700900001" date="1700000001000" type="1" body="\(base64)" />
      <sms address="+447700900001" date="1700000001000" type="1" body="many" \(attributes) />
      <sms address="+447700900001" date="1700000001000" type="1" body="after" /></smses>
      """
    let unit = try #require(try ReadOutcome.reading(text, named: "a").units.first)
    #expect(unit.records.map(\.text.utf8.count) == [3, 12_000_000, 5])
    #expect(unit.setAside.first { $0.reason == .tooLarge }?.count == 1)
    #expect(unit.notes.contains { $0.contains("12000000 bytes of attachments") })

    var options = ReaderOptions()
    options.limits.recordBytes = 1 << 20
    let small = try #require(try ReadOutcome.reading(text, named: "a", options: options).units.first)
    #expect(small.records.map(\.text.utf8.count) == [3, 5])
    #expect(small.setAside.first { $0.reason == .tooLarge }?.count == 2)
  }

  @Test func depthIsLimited() throws {
    let text =
      "<smses><sms address='+447700900001' date='1700000001000' type='1' body='one'/>"
      + String(repeating: "<a>", count: 100_000)
    let unit = try #require(try ReadOutcome.reading(text, named: "a").units.first)
    #expect(unit.records.count == 1)
    #expect(unit.setAside.contains { $0.unit == "document" && $0.examples[0].detail.contains("nested") })
  }

  @Test func otherXMLIsNotTaken() throws {
    for text in ["<html><smses/></html>", "<!-- <smses> --><feed/>", "", "<", "{\"smses\":1}"] {
      #expect(try ReadOutcome.reading(text, named: "a.xml").units.isEmpty)
    }
  }
}
