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

  private enum State {
    case idle
    case running(Stage)
    /// Ended, for the next page to say.
    case done(Outcome)
  }

  private let state = Mutex(State.idle)
  private let queue = DispatchQueue(label: "cognate.job")

  /// How far it has come; nil when nothing is under way.
  var stage: Stage? {
    state.withLock { state in
      if case .running(let stage) = state { return stage }
      return nil
    }
  }

  /// What came of the last one, if nobody was told of it yet.
  func takeOutcome() -> Outcome? {
    state.withLock { state in
      guard case .done(let outcome) = state else { return nil }
      state = .idle
      return outcome
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
      if case .running = state { return false }
      state = .running(Stage(title: title, text: "beginning"))
      return true
    }
    guard isFree else { return false }
    queue.async {
      let outcome: Outcome
      do {
        outcome = try work { text in
          self.state.withLock { $0 = .running(Stage(title: title, text: text)) }
        }
      } catch {
        outcome = .failed(what: title, why: explain(error))
      }
      self.state.withLock { $0 = .done(outcome) }
    }
    return true
  }
}
