import CorpusKit
import Foundation
import Glibc
import PlatformExports

/// The walk through an archive, and an import from it, over a scratch file.
///
/// Held against each: no crash; refusals are `ExportRefusal`; paths stay inside; no more bytes, entries or
/// paths than the limits allow; two walks give the same.
final class ArchiveHarness: FuzzHarness {
  private let descriptor: Int32
  private let url: URL

  init() {
    // A file without a name: nothing is left behind, however the process ends.
    let folder = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
    var name = Array("\(folder)/cognate-fuzz-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    if descriptor < 0 || unlink(name) != 0 { stop("no scratch file in \(folder)") }
    url = URL(fileURLWithPath: "/proc/self/fd/\(descriptor)")
  }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, input.baseAddress, input.count, 0) == input.count
    else { stop("the scratch file cannot be written") }
    var options = ReaderOptions()
    options.limits.archiveTotal = 1 << 20
    options.limits.archiveRatioGrace = 64 << 10
    options.limits.archiveEntries = 100
    options.limits.pathLength = 256
    let one = walk(options.limits)
    demand(one == walk(options.limits), "two walks differ")
    do {
      let plan = try ImportPlan(url, options: options)
      for unit in plan.units { try plan.read(unit, into: RecordWriter { _ in }) }
    } catch is ExportRefusal {
    } catch {
      stop("an error that is no refusal: \(error)")
    }
  }

  private func walk(_ limits: ImportLimits) -> [String] {
    var lines: [String] = []
    var total = 0
    do {
      let container = try ExportContainer(url, limits: limits)
      guard container.form == .archive else { return ["no archive"] }
      try container.walkArchive(refused: { lines.append("\($0)") }) { member, open in
        let parts = member.path.split(separator: "/", omittingEmptySubsequences: false)
        demand(
          !member.path.isEmpty && !member.path.hasPrefix("/") && !parts.contains("..")
            && !member.path.utf8.contains(0) && member.path.utf8.count <= limits.pathLength,
          "a path that leads out: \(member.path.debugDescription)")
        let input = open(UInt32(lines.count))
        do {
          while try input.fillMore() { input.consume(input.window.count) }
        } catch let refusal as ExportRefusal where refusal.code == "bad-archive" {
          lines.append("\(refusal)")
        }
        total += Int(input.offset)
        demand(total <= limits.archiveTotal + MemberInput.blockSize, "more bytes than the limit")
        lines.append("\(member) \(input.offset)")
      }
    } catch let refusal as ExportRefusal {
      lines.append("\(refusal)")
    } catch {
      stop("an error that is no refusal: \(error)")
    }
    demand(lines.count <= 2 * limits.archiveEntries + 2, "more entries than the limit")
    return lines
  }

  func seeds() throws -> [[UInt8]] {
    let members = Samples.members.map { (name: $0.path, bytes: Array($0.text.utf8)) }
    var result = try members.map { try zipFile([$0]) }
    result.append(try zipFile(Array(members.prefix(3))))
    result.append(try zipFile([("zeros", [UInt8](repeating: 0, count: 300_000))]))
    result += members.map { Self.tar($0.name, $0.bytes) }
    return result
  }

  /// A tar archive of one file.
  private static func tar(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, _ offset: Int) {
      for (position, byte) in text.utf8.enumerated() { header[offset + position] = byte }
    }
    func octal(_ value: Int, _ digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    put(String(name.prefix(99)), 0)
    put("0000644", 100)
    put(octal(bytes.count, 11), 124)
    put(octal(0, 11), 136)
    put("        ", 148)
    put("0", 156)
    put("ustar\u{0}00", 257)
    put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ", 148)
    let padding = (512 - bytes.count % 512) % 512
    return header + bytes + [UInt8](repeating: 0, count: padding + 1024)
  }
}
