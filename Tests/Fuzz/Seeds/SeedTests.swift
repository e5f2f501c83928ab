import FuzzHarness
import Testing

/// What the fuzzer begins with, run without it.
@Suite struct SeedTests {
  @Test(arguments: fuzzTargets)
  func propertiesHoldOnSeeds(target: String) throws {
    #expect(try runSeeds(of: target) > 0)
  }
}
