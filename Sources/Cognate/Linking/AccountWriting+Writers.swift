internal import Columns
internal import Stylometry
import Synchronization

extension AccountWriting {
  /// What an account wrote.
  struct Texts: Sendable {
    let node: Int
    /// Whether another account is a copy of it, from another source of one conversation.
    let isCopied: Bool
    var posts = ProfileBuilder()
    var excerpts: [Excerpt] = []
  }

  /// Whoever wrote: an account, or several that are one group.
  struct Writer: Sendable {
    let style: PreparedStyle
    let excerpts: [Excerpt]
    /// Accounts whose texts these are.
    let accounts: Int
  }

  /// Those who wrote, in order of rank, each without what is another's of them.
  ///
  /// One is measured when it is first asked for, and then kept: a style takes some tens of kilobytes, and most accounts of a
  /// large case are compared with nobody.
  final class Writers: Sendable {
    /// What measures with the same memory, for one thread at a time.
    private struct Tools: @unchecked Sendable {
      let profiler: StyleProfiler
      let scanner: PassageScanner
    }

    private let all: [[Texts]]
    private let passages: SharedPassages
    private let writing: WritingModel
    private let measured = Mutex<[Int: Writer]>([:])
    private let idle = Mutex<[Tools]>([])
    private let refusal = Mutex<StyleProfileError?>(nil)

    init(_ all: [[Texts]], without passages: SharedPassages, _ writing: WritingModel) {
      self.all = all
      self.passages = passages
      self.writing = writing
    }

    /// Why one of those asked for could not be measured.
    var failure: StyleProfileError? { refusal.withLock { $0 } }

    /// One of them, from 0; nil where there is no memory to measure it, which `failure` then says.
    func writer(_ number: Int) -> Writer? {
      if let known = measured.withLock({ $0[number] }) { return known }
      do throws(StyleProfileError) {
        let writer = try measure(number)
        measured.withLock { $0[number] = writer }
        return writer
      } catch {
        refusal.withLock { $0 = $0 ?? error }
        return nil
      }
    }

    /// Several of them at once.
    ///
    /// - Parameter threads: does not change the result.
    func measure(_ numbers: [Int], threads: Int) {
      Workers.forEach(chunks: numbers.count, threads: threads, start: {}) { _, place in
        _ = writer(numbers[place])
      }
    }

    private func measure(_ number: Int) throws(StyleProfileError) -> Writer {
      let model = writing.model
      let tools =
        idle.withLock { $0.popLast() }
        ?? Tools(profiler: model.profiler(in: writing.domain), scanner: PassageScanner())
      defer { idle.withLock { $0.append(tools) } }
      let texts = all[number]
      let profile = try tools.profiler.profile(of: posts(texts), without: passages, author: number)
      var excerpts = texts.flatMap(\.excerpts)
      if profile.sharedLength > 0 {
        let places = passages.places(in: excerpts.map(\.text.utf8), of: number, by: tools.scanner)
        excerpts = excerpts.indices.filter { !places.contains($0) }.map { excerpts[$0] }
      }
      return Writer(style: model.prepare(profile), excerpts: excerpts, accounts: texts.count)
    }

    private func posts(_ texts: [Texts]) -> ProfileBuilder {
      if texts.contains(where: \.isCopied) { return ProfileBuilder(withoutCopies: texts.map(\.posts)) }
      if texts.count == 1 { return texts[0].posts }
      var posts = ProfileBuilder()
      for one in texts { posts.merge(one.posts) }
      return posts
    }
  }
}
