import Cognate
import Dispatch
import Synchronization

/// Work that takes longer than a page may: one at a time, beside the pages.
final class Job: Sendable {
  /// What it came to.
  enum Outcome: Sendable {
    case linked(LinkResult)
    case imported(ImportReport)
    /// Why it came to nothing.
    case failed(what: String, why: String)
  }

  /// How far it has come.
  struct Stage: Sendable {
    /// What is done, as a heading.
    var title: String
    /// What of it, in words.
    var text: String
  }

  private struct State {
    /// How far what is under way has come.
    var stage: Stage?
    /// What has ended, for the next page to say.
    var ended: [Outcome] = []
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "cognate.job")

  /// How far it has come; nil when nothing is under way.
  var stage: Stage? { state.withLock { $0.stage } }

  /// What came of those that nobody was told of yet.
  func takeOutcomes() -> [Outcome] {
    state.withLock { state in
      defer { state.ended = [] }
      return state.ended
    }
  }

  /// Begins; false when one is under way.
  ///
  /// - Parameters:
  ///   - title: what is done, as a heading.
  ///   - explain: an error in words.
  func start(
    _ title: String, explain: @escaping @Sendable (any Error) -> String,
    _ work: @escaping @Sendable (_ progress: (String) -> Void) throws -> Outcome
  ) -> Bool {
    let isFree = state.withLock { state in
      if state.stage != nil { return false }
      state.stage = Stage(title: title, text: "beginning")
      return true
    }
    guard isFree else { return false }
    queue.async {
      let outcome: Outcome
      do {
        outcome = try work { text in
          self.state.withLock { $0.stage = Stage(title: title, text: text) }
        }
      } catch {
        outcome = .failed(what: title, why: explain(error))
      }
      self.state.withLock { state in
        state.stage = nil
        state.ended.append(outcome)
      }
    }
    return true
  }
}
