import Foundation

/// Writes a backup as SMS Backup & Restore makes them, until the file reaches a size.
///
/// One message in twenty has an emoji as two references to surrogates. About a quarter of the bytes are picture
/// messages, each with one picture of some 200 kB in base64 in an attribute. `count` tells the true number of
/// messages: it is filled in at the end, in room that was left for it.
func writeMessageBackup(contacts: Int, seed: UInt64, size: Int, file: URL) throws(CorpusWriteError) {
  let sink = try ByteSink(file)
  sink.append("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses ")
  let countOffset = sink.count
  let room = 24
  sink.append(String(repeating: " ", count: room))
  sink.append(
    "backup_set=\"5b0c1d2e-0000-4000-8000-000000000002\" backup_date=\"1767225600000\" type=\"full\">\n")
  var writer = MessageWriter(contacts: contacts, seed: seed)
  var messages = 0
  var nextPicture = 600_000
  while sink.count + 9 < size {
    if sink.count >= nextPicture {
      writer.writePicture(to: sink)
      nextPicture = sink.count + 600_000
    } else {
      writer.writeText(to: sink)
    }
    messages += 1
  }
  sink.append("</smses>\n")
  let count = "count=\"\(messages)\""
  try sink.close(patching: count + String(repeating: " ", count: room - count.utf8.count), at: countOffset)
}

private struct MessageWriter {
  private let contacts: Int
  private var random: SeededRandom
  private var time = 1_577_880_000
  private let pictures: [UInt8]

  init(contacts: Int, seed: UInt64) {
    self.contacts = contacts
    random = SeededRandom(seed: seed)
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var pictures: [UInt8] = []
    for _ in 0..<(1 << 19) { pictures.append(alphabet[random.below(64)]) }
    self.pictures = pictures
  }

  /// Ofcom's ranges for drama, a thousand numbers each; contact 15,000 has the number of contact 0 again.
  private static let ranges = WordTable([
    "+447700900", "+441134960", "+441144960", "+441154960", "+441164960", "+441174960", "+441184960",
    "+441214960",
    "+441314960", "+441414960", "+441514960", "+441614960", "+441914980", "+442079460", "+441632960",
  ])

  private func phone(_ contact: Int, to sink: ByteSink) {
    Self.ranges.append(contact / 1_000, to: sink)
    sink.append(decimal: contact % 1_000, width: 3)
  }

  private mutating func words(_ count: Int, to sink: ByteSink) {
    for position in 0..<count {
      if position > 0 { sink.append(byte: 0x20) }
      let draw = random.next()
      let rank = WordTable.common.leaning(draw)
      WordTable.common.append(rank, to: sink)
    }
  }

  private mutating func dates(to sink: ByteSink) {
    let civil = CivilTime(seconds: time)
    sink.append("readable_date=\"")
    sink.append(decimal: civil.day)
    sink.append(" ")
    sink.append(Stamp.months[civil.month - 1])
    sink.append(" ")
    sink.append(decimal: civil.year)
    sink.append(" ")
    sink.append(decimal: civil.hour, width: 2)
    sink.append(":")
    sink.append(decimal: civil.minute, width: 2)
    sink.append(":")
    sink.append(decimal: civil.second, width: 2)
    sink.append("\" contact_name=\"")
  }

  mutating func writeText(to sink: ByteSink) {
    time += 1 + random.below(600)
    let contact = random.below(contacts)
    let incoming = random.below(2) == 0
    sink.append("  <sms protocol=\"0\" address=\"")
    phone(contact, to: sink)
    sink.append("\" date=\"")
    sink.append(decimal: time)
    sink.append(decimal: random.below(1_000), width: 3)
    sink.append(
      incoming ? "\" type=\"1\" subject=\"null\" body=\"" : "\" type=\"2\" subject=\"null\" body=\"")
    words(3 + random.below(24), to: sink)
    if random.below(20) == 0 { sink.append(" &#55357;&#56832;") }
    if random.below(40) == 0 { sink.append(" &amp; more") }
    sink.append(
      "\" toa=\"null\" sc_toa=\"null\" service_center=\"null\" read=\"1\" status=\"-1\" locked=\"0\" date_sent=\""
    )
    sink.append(decimal: incoming ? time - 1 : 0)
    sink.append(incoming ? "000\" sub_id=\"1\" " : "\" sub_id=\"1\" ")
    dates(to: sink)
    name(contact, to: sink)
    sink.append("\" />\n")
  }

  private func name(_ contact: Int, to sink: ByteSink) {
    if contact % 4 == 0 {
      sink.append("(Unknown)")
    } else {
      sink.append("Contact ")
      sink.append(decimal: contact)
    }
  }

  mutating func writePicture(to sink: ByteSink) {
    time += 1 + random.below(600)
    let contact = random.below(contacts)
    sink.append("  <mms date=\"")
    sink.append(decimal: time)
    sink.append("000\" sub=\"null\" ct_t=\"application/vnd.wap.multipart.related\" msg_box=\"1\" address=\"")
    phone(contact, to: sink)
    sink.append("\" read=\"1\" m_type=\"132\" date_sent=\"")
    sink.append(decimal: time)
    sink.append("\" ")
    dates(to: sink)
    name(contact, to: sink)
    sink.append("\">\n    <parts>\n      <part seq=\"-1\" ct=\"application/smil\" name=\"null\" ")
    sink.append(
      "text=\"&lt;smil&gt;&lt;/smil&gt;\" />\n      <part seq=\"0\" ct=\"image/jpeg\" name=\"p.jpg\" ")
    sink.append("chset=\"null\" text=\"null\" data=\"")
    // A multiple of four characters, without padding: a whole number of base64 groups.
    let length = (180_000 + random.below(40_000)) / 4 * 4
    let offset = random.below(pictures.count - length)
    pictures.withUnsafeBufferPointer { all in
      if let base = all.baseAddress { sink.append(base + offset, length) }  // Safe: offset + length <= count.
    }
    sink.append("\" />\n      <part seq=\"0\" ct=\"text/plain\" name=\"t.txt\" chset=\"106\" text=\"")
    words(3 + random.below(10), to: sink)
    sink.append("\" />\n    </parts>\n    <addrs>\n      <addr address=\"")
    phone(contact, to: sink)
    sink.append("\" type=\"137\" charset=\"106\" />\n    </addrs>\n  </mms>\n")
  }
}
