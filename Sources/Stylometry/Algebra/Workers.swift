import Dispatch

/// Work on several cores, whose result does not depend on how many there are.
enum Workers {
  /// Calls `body` for each number below `count`, in any order when there are several threads. What `body` writes must
  /// be the number's own.
  static func forEach(count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
    let threads = max(1, min(threads, count))
    if threads == 1 {
      for index in 0..<count { body(index) }
      return
    }
    // Small runs in turn, as neighbours differ less in cost than the two ends.
    let run = max(1, count / (threads * 16))
    let runs = (count + run - 1) / run
    DispatchQueue.concurrentPerform(iterations: threads) { worker in
      for number in stride(from: worker, to: runs, by: threads) {
        for index in number * run..<min(count, (number + 1) * run) { body(index) }
      }
    }
  }

  /// Changes each element by a function of its own.
  static func update<Element>(
    _ elements: inout [Element], threads: Int, _ body: @Sendable (Int, inout Element) -> Void
  ) {
    elements.withUnsafeMutableBufferPointer { buffer in
      // Each call has an element of its own.
      nonisolated(unsafe) let buffer = buffer
      forEach(count: buffer.count, threads: threads) { body($0, &buffer[$0]) }
    }
  }
}
