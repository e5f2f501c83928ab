/// Where what a page names leads: to a place of the page itself, or to another page.
package struct PageLinks: Sendable {
  /// Address of a pair of accounts, the lower first.
  package var pair: @Sendable (String, String) -> String
  /// A text about an account as a link to it, or as it is where the page has no place for one.
  package var account: @Sendable (_ id: String, _ text: String) -> String
  /// How to see a pair that the page does not show; a sentence of HTML.
  package var anyPair: String
  /// The element of headings inside a cluster, one level below that of the cluster's own.
  package var heading: String

  /// Links of a page that has all of it.
  package static let onePage = PageLinks(
    pair: { "#" + place($0, $1) }, account: { $1 }, anyPair: "<code>cognate why</code> shows any other.",
    heading: "h3")

  /// Makes links.
  package init(
    pair: @escaping @Sendable (String, String) -> String,
    account: @escaping @Sendable (String, String) -> String, anyPair: String, heading: String
  ) {
    self.pair = pair
    self.account = account
    self.anyPair = anyPair
    self.heading = heading
  }

  /// The place of a pair on a page.
  static func place(_ left: String, _ right: String) -> String { "\(left)-\(right)".lowercased() }
}
