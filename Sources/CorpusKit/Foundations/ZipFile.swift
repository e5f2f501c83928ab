import CArchive

/// A zip could not be made.
public struct ZipError: Error, Sendable, CustomStringConvertible {
  /// The member that was being added; empty while the zip was opened or closed.
  public let member: String
  /// What libarchive said.
  public let reason: String

  /// What failed, in a sentence.
  public var description: String {
    member.isEmpty ? "could not make the zip: \(reason)" : "could not add \(member) to the zip: \(reason)"
  }
}

/// The bytes of a zip with these members, in this order; the same bytes on every run and in every time zone.
///
/// - Throws: `ZipError` when a name is not ASCII or memory runs out.
public func zipFile(_ members: [(name: String, bytes: [UInt8])]) throws(ZipError) -> [UInt8] {
  guard let writer = cog_zip_create() else { throw ZipError(member: "", reason: "out of memory") }
  defer { cog_zip_close(writer) }
  for member in members {
    let result = member.bytes.withUnsafeBytes {
      cog_zip_add(writer, member.name, $0.baseAddress, $0.count)
    }
    if result != 0 {
      throw ZipError(member: member.name, reason: String(cString: cog_zip_error(writer)))
    }
  }
  var bytes: UnsafePointer<UInt8>?
  var count = 0
  guard cog_zip_finish(writer, &bytes, &count) == 0 else {
    throw ZipError(member: "", reason: String(cString: cog_zip_error(writer)))
  }
  return Array(UnsafeBufferPointer(start: bytes, count: count))
}
