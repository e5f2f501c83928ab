/// Counts the logins of a subscriber's page by its raw bytes, apart from the parser: rows, between one that holds the words
/// of the headers and the end of its table. It knows no quotes or comments.
final class GooglePageTally {
  private(set) var logins = 0
  private var isTable = false
  private var inTag = false
  private var tag: [UInt8] = []
  /// The words of the row at hand; nil outside rows.
  private var row: [UInt8]?

  private static let tagLimit = 6
  private static let rowLimit = 512

  func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if inTag {
        if byte == UInt8(ascii: ">") || byte.isSpace {
          name()
          inTag = byte != UInt8(ascii: ">")
          tag = inTag ? [0] : []
        } else if tag.count < Self.tagLimit {
          tag.append(byte | 0x20)
        }
      } else if byte == UInt8(ascii: "<") {
        inTag = true
        tag.removeAll(keepingCapacity: true)
      } else if !byte.isSpace, let count = row?.count, count < Self.rowLimit {
        row?.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      }
    }
  }

  private func name() {
    // `/` is 0x2F already.
    if tag.elementsEqual("tr".utf8) {
      end()
      row = []
    } else if tag.elementsEqual("/tr".utf8) {
      end()
    } else if tag.elementsEqual("table".utf8) || tag.elementsEqual("/table".utf8) {
      end()
      isTable = false
    }
  }

  private func end() {
    guard let words = row else { return }
    row = nil
    if isTable {
      if !words.isEmpty { logins += 1 }
      return
    }
    let text = String(decoding: words, as: UTF8.self)
    isTable = (text.holdsBytes("time") || text.holdsBytes("date")) && text.holdsBytes("ipaddress")
  }
}
