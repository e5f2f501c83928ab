internal import AccountModel
internal import CLibXML2

extension RecordWriter {
  /// Sets a document aside that did not end as it should.
  ///
  /// - Returns: why what stands behind the fault is lost; nil for a document that is whole.
  func setAsideEnd(of report: cog_xml_report, member: UInt32) -> (reason: SetAsideReason, place: Locator)? {
    guard report.status != COG_XML_DONE else { return nil }
    let place = Locator(member: member, offset: report.offset, line: report.line)
    let isCutOff = report.status == COG_XML_TRUNCATED
    setAside("document", isCutOff ? .truncated : .malformed, at: place, detail: XMLStream.text(report))
    return (isCutOff ? .truncated : .behindFault, place)
  }

  /// Counts the characters that the filter put together or replaced.
  func countCharacters(of report: cog_xml_report) {
    if report.joined_surrogates > 0 {
      note("joined \(report.joined_surrogates) characters that were written as two halves")
    }
    let losses: [(UInt64, SetAsideReason)] = [
      (report.lone_surrogates, .loneSurrogate), (report.illegal_characters, .illegalCharacter),
      (report.invalid_bytes, .invalidUTF8),
    ]
    for (count, reason) in losses where count > 0 {
      setAside("character", reason, at: nil, count: Int(count))
    }
  }
}

extension SetAsideReason {
  /// Reading stopped before it.
  static let behindFault = Self(
    "behind-fault", "stands at or behind a fault at which reading stopped", isFault: true)
  /// Not text.
  static let media = Self("media", "is not text", isFault: false)
  /// Half of a character.
  static let loneSurrogate = Self(
    "lone-surrogate", "was half a character and became U+FFFD", isFault: false)
  /// Not allowed in XML.
  static let illegalCharacter = Self(
    "illegal-character", "is not allowed in XML and became U+FFFD", isFault: false)
  /// Not UTF-8.
  static let invalidUTF8 = Self("invalid-utf8", "is not UTF-8 and became U+FFFD", isFault: false)
}
