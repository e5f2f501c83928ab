import Foundation
import Glibc
import Linkage

/// Progress on stderr: a line that is rewritten on a terminal, lines or JSON lines elsewhere.
///
/// Nothing is printed in the first second, and at most one line in each that follows.
final class ProgressPrinter {
  private let style: ProgressStyle
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var last = Date()
  private var hasLine = false

  init(_ style: ProgressStyle) { self.style = style }

  /// Notes how far the work is.
  func update(_ what: String, bytes: Int) {
    guard style != .none, style != .auto || isTerminal else { return }
    let now = Date()
    guard now.timeIntervalSince(last) >= 1 else { return }
    last = now
    let megabytes = String(format: "%.0f", Double(bytes) / 1e6)
    switch style {
    case .json:
      let name = (try? JSONEncoder().encode(what)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
      Terminal.write("{\"source\":\(VisibleText.escapeJSON(name)),\"bytes\":\(bytes)}")
    case .auto:
      FileHandle.standardError.write(Data("\r\u{1B}[K\(Terminal.safe(what)): \(megabytes) MB".utf8))
      hasLine = true
    default: Terminal.write("\(Terminal.safe(what)): \(megabytes) MB")
    }
  }

  /// Clears the line.
  func finish() {
    if hasLine { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    hasLine = false
  }
}
