import Charts
import Glibc

/// Writes CLUSTERS.csv and EDGES.csv.
public struct ResultWriter {
  /// A file that cannot be written.
  public struct Failure: Error, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The system's reason.
    public let reason: String
    /// What and why.
    public var description: String { "\(path): cannot be written: \(reason)" }
  }

  private let table: Table
  private let resolution: Resolution

  /// Makes a writer of what was found in a table.
  public init(_ table: Table, _ resolution: Resolution) {
    self.table = table
    self.resolution = resolution
  }

  /// Writes `unique_id,cluster_id`, one line a record in the order of the input.
  public func writeClusters(to path: String) throws(Failure) {
    var out = try ByteFile(path)
    try out.append("unique_id,cluster_id\n")
    for record in 0..<table.recordCount {
      try out.append(field: table.idText(record))
      try out.append(",c\(resolution.clusterOfRecord[record])\n")
    }
    try out.close()
  }

  /// Writes `id_l,id_r,log10_lr,probability`, one line a pair kept.
  public func writeEdges(to path: String) throws(Failure) {
    var out = try ByteFile(path)
    try out.append("id_l,id_r,log10_lr,probability\n")
    // Sorted by the left record, then the right one.
    let order = Packed<UInt64>(uninitialised: resolution.pairs.count)
    for number in 0..<order.count {
      order[number] = UInt64(resolution.pairs[number].right) << 32 | UInt64(number)
    }
    let words = UnsafeMutableBufferPointer(start: order.base, count: order.count)
    radixSort(words, bits: 32..<64)
    for number in 0..<order.count {
      let pair = Int(order[number] & 0xffff_ffff)
      order[number] = UInt64(resolution.pairs[pair].left) << 32 | UInt64(pair)
    }
    radixSort(words, bits: 32..<64)
    for number in 0..<order.count {
      let pair = resolution.pairs[Int(order[number] & 0xffff_ffff)]
      try out.append(field: table.idText(Int(pair.left)))
      try out.append(",")
      try out.append(field: table.idText(Int(pair.right)))
      try out.append(
        ",\(Figure.fixed(Double(pair.log10LR), 4)),\(Figure.fixed(resolution.probability(pair), 6))\n")
    }
    try out.close()
  }

  /// Writes any text, as the report.
  public static func write(_ text: String, to path: String) throws(Failure) {
    var out = try ByteFile(path)
    try out.append(text)
    try out.close()
  }

}

/// A file written through a buffer, put in place of an older one only when it is whole.
///
/// Until then it has no name, so that nothing is left of it whatever ends the program; where the file system knows no
/// files without a name it is called `NAME.part`. A pipe or device is written to as it is.
struct ByteFile: ~Copyable {
  private enum Draft { case none, nameless, named }

  private let path: String
  private let target: String
  private let part: String
  private var draft: Draft
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  init(_ path: String) throws(ResultWriter.Failure) {
    self.path = path
    target = OutputFile.target(of: path)
    part = target + ".part"
    var found = stat()
    if stat(path, &found) == 0, !OutputFile.isRegular(found) || OutputFile.isStandardOutput(path) {
      draft = .none
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // The name is given through /proc, so without that there must be one from the start.
      draft = .nameless
      descriptor =
        access("/proc/self/fd", X_OK) != 0
        ? -1 : open(OutputFile.folder(of: target), O_WRONLY | O_CLOEXEC | __O_TMPFILE | O_DIRECTORY, 0o600)
      if descriptor < 0 {
        draft = .named
        descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
      }
    }
    guard descriptor >= 0 else { throw ResultWriter.Failure(path) }
    buffer.reserveCapacity(1 << 17)
  }

  deinit {
    if descriptor >= 0 {
      Glibc.close(descriptor)
      if draft == .named { unlink(part) }
    }
  }

  mutating func append(_ text: String) throws(ResultWriter.Failure) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Appends a CSV field, in quotes when it needs them.
  mutating func append(field: UnsafeBufferPointer<UInt8>) throws(ResultWriter.Failure) {
    if field.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) {
      buffer.append(0x22)
      for byte in field {
        if byte == 0x22 { buffer.append(0x22) }
        buffer.append(byte)
      }
      buffer.append(0x22)
    } else {
      buffer.append(contentsOf: field)
    }
    if buffer.count >= 1 << 16 { try flush() }
  }

  mutating func close() throws(ResultWriter.Failure) {
    try flush()
    if draft == .nameless {
      // A name can be given only where none is yet, so that of the draft comes first.
      unlink(part)
      if linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, part, AT_SYMLINK_FOLLOW) != 0 {
        throw ResultWriter.Failure(path)
      }
    }
    let closed = Glibc.close(descriptor)
    descriptor = -1
    if draft == .none {
      if closed != 0 { throw ResultWriter.Failure(path) }
    } else if closed != 0 || rename(part, target) != 0 {
      let failure = ResultWriter.Failure(path)
      unlink(part)
      throw failure
    }
  }

  private mutating func flush() throws(ResultWriter.Failure) {
    var done = 0
    while done < buffer.count {
      let wrote = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if wrote < 0 {
        if errno == EINTR { continue }
        throw ResultWriter.Failure(path: path, reason: String(cString: strerror(errno)))
      }
      done += wrote
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
