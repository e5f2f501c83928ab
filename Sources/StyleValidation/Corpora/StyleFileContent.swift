internal import PlatformExports

/// What a file that a person named as an account holds, judged by its content.
enum StyleFileContent {
  /// Plain text: UTF-8 that need not be valid, with newlines alone at the ends of lines.
  case text([UInt8])
  /// Documents or accounts.
  case documents(StyleCorpus)

  /// A text may have so many bytes.
  static let textLimit = 1 << 30

  /// Reads a file once, packed or not.
  ///
  /// What begins as a JSON object does is documents. What begins as a list of objects does, or is a JSON array to its
  /// end, is refused, for what is prose must not hang on a bracket: a line of a chat may begin with one.
  init(path: String) throws(StyleCorpusError) {
    let source = try PackedInput(path: path)
    do {
      let start = try Self.beginning(source.input)
      let key: [UInt8?] = [UInt8(ascii: "\""), UInt8(ascii: "}"), nil]
      func byte(_ index: Int) -> UInt8? { index < start.count ? start[index] : nil }
      if start.first == UInt8(ascii: "{"), key.contains(byte(1)) {
        self = .documents(try StyleCorpus(file: path, source))
        return
      }
      let isArray = start.first == UInt8(ascii: "[")
      if isArray, byte(1) == UInt8(ascii: "{"), key.contains(byte(2)) {
        throw StyleCorpusError.array(file: path)
      }
      var bytes = try Self.text(source.input, size: source.size, path)
      if isArray, try Self.isJSON(bytes) { throw StyleCorpusError.array(file: path) }
      if let line = Self.lineBesideObjects(bytes) {
        throw StyleCorpusError.malformed(file: path, line: line, reason: "the lines beside it are objects")
      }
      if let title = Self.export(bytes, path) { throw StyleCorpusError.export(file: path, title: title) }
      Self.normaliseLineEnds(&bytes)
      self = .text(bytes)
    } catch let error as StyleCorpusError {
      throw error
    } catch {
      throw .unreadable(file: path, reason: "\(error)")
    }
  }

  /// The first three bytes that are no white space; nothing is consumed.
  private static func beginning(_ input: MemberInput) throws -> [UInt8] {
    var found: [UInt8] = []
    var searched = 0
    while true {
      let window = input.window
      while searched < window.count {
        let byte = window[searched]
        searched += 1
        if byte == 0x20 || (0x09...0x0D).contains(byte) { continue }
        found.append(byte)
        if found.count == 3 { return found }
      }
      if try searched > textLimit || !input.fillMore() { return found }
    }
  }

  /// - Parameter size: bytes of the file as it lies, 0 of a pipe.
  private static func text(_ input: MemberInput, size: Int, _ path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, textLimit))
    repeat {
      let block = input.window
      if let place = block.firstIndex(of: 0) {
        throw StyleCorpusError.binary(file: path, offset: input.offset + UInt64(place))
      }
      guard bytes.count + block.count <= textLimit else {
        throw StyleCorpusError.textTooLong(file: path, limit: textLimit)
      }
      bytes += block
      input.consume(block.count)
    } while try input.fillMore()
    return bytes
  }

  /// The first line that begins no object, from 1, where most lines do: NDJSON of which a line is damaged is no prose.
  private static func lineBesideObjects(_ bytes: [UInt8]) -> Int? {
    var (objects, others, first) = (0, 0, 0)
    var (number, start) = (0, 0)
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      number += 1
      let line = bytes[start..<end].drop { $0 <= 0x20 }
      if line.starts(with: Self.objectStart) {
        objects += 1
      } else if !line.isEmpty {
        others += 1
        if first == 0 { first = number }
      }
      start = end + (end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A ? 2 : 1)
    }
    return objects > others ? first : nil
  }

  private static let objectStart = Array("{\"".utf8)

  /// What people call the export that a text is, as its reader recognises it: in a chat several write, and what the
  /// platform writes before each line makes any two alike. A single mail passes: its headers are left out.
  private static func export(_ bytes: [UInt8], _ path: String) -> String? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return bytes.withUnsafeBufferPointer { all in
      let text = UnsafeBufferPointer(rebasing: all.dropFirst(all.starts(with: mark) ? mark.count : 0))
      let head = MemberHead(
        path: path, bytes: UnsafeBufferPointer(rebasing: text.prefix(MemberHead.limit)),
        isWhole: text.count <= MemberHead.limit, options: ReaderOptions())
      let reader = ExportRegistry.readers.first {
        $0.format.id != "email-eml" && $0.recognise(head) > .possible
      }
      return reader?.format.title
    }
  }

  private static func isJSON(_ bytes: [UInt8]) throws -> Bool {
    let parser = try JSONParser()
    return bytes.withUnsafeBufferPointer { (try? parser.parse($0)) != nil }
  }

  /// A carriage return ends a line with a newline after it and without one.
  private static func normaliseLineEnds(_ bytes: inout [UInt8]) {
    guard var end = bytes.firstIndex(of: 0x0D) else { return }
    var place = end
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 0x0D, place < bytes.count, bytes[place] == 0x0A { place += 1 }
      bytes[end] = byte == 0x0D ? 0x0A : byte
      end += 1
    }
    bytes.removeLast(bytes.count - end)
  }
}
