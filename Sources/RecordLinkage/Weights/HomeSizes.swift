/// What is known of homes beforehand, where a table cannot tell their people apart.
///
/// Of households in the United Kingdom 28 % have one person, 35 % two, 16 % three and 20 % four or more, 2.4 on average
/// (Office for National Statistics, Families and households, 2014; the average is the same in 2020 and in the census of 2021,
/// with 30 % of one person). If each record is of any one of a home's people, two records of a home of n people are of one
/// with chance 1 / n, and there are as many pairs as the square of n, so that over all homes the share of pairs that are
/// of one person is
///
///     E(n) / E(n squared) = 2.4 / 7.5 = .32
///
/// with 4.6 people in homes of four and more, as the average needs.
enum HomeSizes {
  /// Pairs of two people for each pair of one, among pairs of records of one home.
  static let pairsOfTwoPerOne = 2.0
}
