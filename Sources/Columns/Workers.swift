import Dispatch

/// Work on several cores at once, whose result does not depend on how many there are.
public enum Workers {
  /// Calls `body` once for each chunk: on one thread in order, on several in any. Whatever `body` writes must be the
  /// chunk's own.
  ///
  /// - Parameter start: makes what a thread needs for itself, such as scratch memory.
  public static func forEach<State>(
    chunks: Int, threads: Int, start: () -> State, _ body: @Sendable (State, Int) -> Void
  ) {
    let threads = max(1, min(threads, chunks))
    if threads == 1 {
      let state = start()
      for chunk in 0..<chunks { body(state, chunk) }
      return
    }
    nonisolated(unsafe) let states = (0..<threads).map { _ in start() }
    DispatchQueue.concurrentPerform(iterations: threads) { worker in
      for chunk in stride(from: worker, to: chunks, by: threads) { body(states[worker], chunk) }
    }
  }

  /// The results of `body` for each chunk, in order.
  ///
  /// - Throws: what `body` threw for the first chunk of those that it threw for; all are tried.
  public static func map<State, Result, Failure: Error>(
    chunks: Int, threads: Int, start: () -> State,
    _ body: @Sendable (State, Int) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    // Of no capacity it would be the empty array that all share, which several threads then write a count of 0 to.
    if chunks <= 0 { return [] }
    let outcomes = [Swift.Result<Result, Failure>](unsafeUninitializedCapacity: chunks) { buffer, count in
      // Each chunk writes its own place.
      nonisolated(unsafe) let places = buffer
      forEach(chunks: chunks, threads: threads, start: start) { state, chunk in
        let outcome = Swift.Result { () throws(Failure) in try body(state, chunk) }
        places.baseAddress?.advanced(by: chunk).initialize(to: outcome)
      }
      count = chunks
    }
    return try outcomes.map { outcome throws(Failure) in try outcome.get() }
  }

  /// Changes each element by a function of its own.
  public static func update<Element>(
    _ elements: inout [Element], threads: Int, _ body: @Sendable (Int, inout Element) -> Void
  ) {
    elements.withUnsafeMutableBufferPointer { buffer in
      // Each call has an element of its own.
      nonisolated(unsafe) let buffer = buffer
      forEach(chunks: buffer.count, threads: threads, start: {}) { _, index in body(index, &buffer[index]) }
    }
  }
}
