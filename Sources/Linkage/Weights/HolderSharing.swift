/// How likely it is that a value which several accounts hold is held by different controllers, by their number.
///
/// A value is one controller's or is common property: a switchboard, a hotel's mailbox, what a form wants filled in. Of
/// one controller's each further account is as likely as not, so that h accounts hold it with probability
///
///     1/2^(h-1), h >= 2;
///
/// what is common has no scale of its own, 1/(h (h-1)), which sums to 1 as well. The ratio of the two is 1 with two
/// holders, below it to five and 1.07, 5.7, 78 and 1,380 with 6, 10, 15 and 20. It multiplies the odds that the value
/// is common, from the part of sharing that `KindWeight` gives for few holders (Bayes). Below 1 it is not used: that
/// three accounts hold a value is not taken to show that it is one person's. All of it is our own proposal.
enum HolderSharing {
  /// Part of repeated holdings that is due to different controllers.
  ///
  /// - Parameter prior: that part while few hold a value, above 0.
  static func part(prior: Double, holders: Int) -> Double {
    let ratio = max(1, commonAgainstOwn(holders: holders))
    return 1 / (1 + (1 - prior) / prior / ratio)
  }

  /// Whether so many hold a value that their number speaks for common property.
  static func isMany(_ holders: Int) -> Bool { commonAgainstOwn(holders: holders) > 1 }

  private static func commonAgainstOwn(holders: Int) -> Double {
    guard holders > 2 else { return 1 }
    // Beyond this the ratio has no digits that matter, and a double would overflow.
    let holders = min(holders, 200)
    var ratio = 1 / Double(holders * (holders - 1))
    for _ in 1..<holders { ratio *= 2 }
    return ratio
  }
}
