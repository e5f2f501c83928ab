import Glibc

/// What this process has cost so far, as the kernel counts it.
public enum ProcessCost {
  /// CPU seconds of all threads, in the program and in the kernel.
  public static func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
    return Double(seconds) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  /// Most bytes that were ever resident (`VmHWM`).
  ///
  /// Not `ru_maxrss`, which a child inherits from the process that started it.
  public static func peakResidentBytes() -> Int? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix("VmHWM:") else { continue }
      return Int(text.filter { ("0"..."9").contains($0) }).map { $0 * 1024 }
    }
    return nil
  }
}
