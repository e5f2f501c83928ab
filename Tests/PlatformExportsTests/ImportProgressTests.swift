import Foundation
import PlatformExports
import Testing

/// Progress is told while a file is read, not only behind its end.
@Suite struct ImportProgressTests {
  @Test func tellsTheBytesReadOfALoneFileAsTheyAreRead() throws {
    let line = #"{"id":"a1","platform":"x","handle":"sample","posts":[{"text":"words"}]}"# + "\n"
    let bytes = Data(String(repeating: line, count: 20_000).utf8)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "progress-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("posts.ndjson")
    try bytes.write(to: file)

    let plan = try ImportPlan(file, options: ReaderOptions())
    let group = try #require(plan.groups.first)
    var told: [Int] = []
    try plan.read(group, progress: { told.append($0) }, writers: group.map { _ in RecordWriter { _ in } })

    #expect(told.count >= bytes.count / MemberInput.blockSize)
    #expect(zip(told, told.dropFirst()).allSatisfy { $0 < $1 })
    #expect(told.last == bytes.count)
  }
}
