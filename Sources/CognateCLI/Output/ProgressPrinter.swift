import Charts
import Cognate
import Foundation
import Glibc
import Linkage
import RecordLinkage

/// Progress on stderr: a line that is rewritten on a terminal, lines or JSON lines elsewhere.
///
/// Of bytes nothing is printed in the first second, and at most one line in each that follows.
final class ProgressPrinter {
  private let style: ProgressStyle
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let start = Date()
  private var last = Date()
  private var resolveStage: ResolveProgress.Stage?
  private var hasLine = false

  init(_ style: ProgressStyle) { self.style = style }

  /// What ends a command before its work is done is told on a line of its own.
  deinit { finish() }

  private struct Line: Encodable {
    var source: String?
    var bytes: Int?
    var stage: String?
    var done: Int?
    var total: Int?
    var unit: String?
  }

  /// Notes how many bytes of a source are read.
  func update(_ source: String, bytes: Int) {
    let megabytes = String(format: "%.0f", Double(bytes) / 1e6)
    show("\(Terminal.safe(source)): \(megabytes) MB", Line(source: source, bytes: bytes), interval: 1)
  }

  /// Notes how far a run of `resolve` has come. Of a run of less than a second nothing is printed.
  func update(_ progress: ResolveProgress) {
    let isNew = progress.stage != resolveStage
    resolveStage = progress.stage
    var text = "\(progress.stage.rawValue)"
    if progress.done > 0 {
      text += ": \(Figure.grouped(progress.done))"
      if let total = progress.total { text += " of at most \(Figure.grouped(total))" }
      text += " \(progress.unit.rawValue)"
    }
    let line = Line(
      stage: progress.stage.rawValue, done: progress.done, total: progress.total,
      unit: progress.unit.rawValue)
    let isLong = Date().timeIntervalSince(start) >= 1
    show(text, line, interval: isNew && isLong ? 0 : 1)
  }

  /// Notes that a stage of the work begins.
  func stage(_ name: String) { show(name, Line(stage: name), interval: 0) }

  private func show(_ text: String, _ line: Line, interval: TimeInterval) {
    guard style != .none, style != .auto || isTerminal else { return }
    let now = Date()
    guard now.timeIntervalSince(last) >= interval else { return }
    last = now
    switch style {
    case .json:
      if let data = try? JSONText.encode(line) {
        Terminal.write(VisibleText.escapeJSON(String(decoding: data, as: UTF8.self)))
      }
    case .auto where !Terminal.isDumb:
      StandardStream.error("\r\u{1B}[K\(text)")
      hasLine = true
    default: Terminal.write(text)
    }
  }

  /// Clears the line.
  func finish() {
    if hasLine { StandardStream.error("\r\u{1B}[K") }
    hasLine = false
  }
}
