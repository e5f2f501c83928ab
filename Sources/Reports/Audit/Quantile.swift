/// Quantiles as spreadsheets compute them (PERCENTILE.INC; Hyndman and Fan 1996, definition 7): linear between the two
/// nearest of the sorted values. Of half, that is the median.
///
/// In whole tenths of the unit, without rounding: half of a step and nine tenths of a step are whole tenths.
enum Quantile {
  /// - Parameters:
  ///   - tenths: 5 for the median, 9 for the 90th percentile.
  ///   - sorted: values in ascending order.
  /// - Returns: ten times the quantile; nil of nothing.
  static func tenfold(_ tenths: Int, of sorted: [Int64]) -> Int64? {
    guard let last = sorted.last else { return nil }
    let place = (sorted.count - 1) * tenths
    let (whole, part) = (place / 10, Int64(place % 10))
    guard whole + 1 < sorted.count else { return last * 10 }
    return sorted[whole] * 10 + (sorted[whole + 1] - sorted[whole]) * part
  }
}
