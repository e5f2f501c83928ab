import Columns
import Testing

@Suite("Workers")
struct WorkersTests {
  private struct Odd: Error, Equatable {
    let number: Int
  }

  @Test("Results come in order, and of several errors the first chunk's", arguments: [1, 2, 5])
  func errorsDoNotDependOnThreads(threads: Int) throws {
    let squares = Workers.map(chunks: 100, threads: threads, start: {}) { _, number in number * number }
    #expect(squares == (0..<100).map { $0 * $0 })
    #expect(Workers.map(chunks: 0, threads: threads, start: {}) { _, number in number }.isEmpty)
    #expect(throws: Odd(number: 31)) {
      try Workers.map(chunks: 100, threads: threads, start: {}) { _, number throws(Odd) in
        if number > 30, number % 2 == 1 { throw Odd(number: number) }
        return number
      }
    }
  }
}
