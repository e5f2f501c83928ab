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
  public static func map<State, Result>(
    chunks: Int, threads: Int, start: () -> State, _ body: @Sendable (State, Int) -> Result
  ) -> [Result] {
    Array(unsafeUninitializedCapacity: chunks) { buffer, count in
      // Each chunk writes its own place.
      nonisolated(unsafe) let places = buffer
      forEach(chunks: chunks, threads: threads, start: start) { state, chunk in
        places.baseAddress?.advanced(by: chunk).initialize(to: body(state, chunk))
      }
      count = chunks
    }
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
