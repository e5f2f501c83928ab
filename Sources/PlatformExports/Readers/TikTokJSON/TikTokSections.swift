/// Names of the sections of a TikTok download, in all generations known, whether anything is taken of them or not.
enum TikTokSections {
  static let known = Set(
    [
      // Profile, relations and activity.
      "Profile Info|Profile Information|Autofill|Auto Fill|AI-Moji|Settings|Block List|Block|Follower|Follower List",
      "Following|Following List|Login History|Status|Hashtag|Searches|Search History|Share History|Reposts|Stickers",
      "Watch History|Video Browsing History|Most Recent Location Data|Purchases|Purchase History|Your Activity",
      "Activity Summary|Donation|Location Reviews|Poll",
      // What the account wrote.
      "Comments|CommentsList|Posts|Videos|Recently Deleted Posts|Direct Messages|Chat History|Group Chat|Story",
      // What it liked, and what was advertised to it.
      "Favorite Effects|Favorite Hashtags|Favorite Sounds|Favorite Videos|Favorite Comment|Favorite Collection",
      "Favorite Collections|Favorite Series|Favorite Movies and TV|Favorite Places|Favorite Playlists|Like List",
      "Ad Interests|Ads Based On Data Received From Partners|Instant Form Ads Responses|Off TikTok Activity",
      "Usage Data From Third-Party Apps And Websites",
      // Broadcasts, shop and wallet.
      "Go Live History|Go Live Settings|Watch Live History|Watch Live Settings|Communication With Shops",
      "Communication History|Current Payment Information|Customer Support History|Order Dispute History",
      "Order History|Product Browsing History|Product Reviews|Returns and Refunds History",
      "Saved Address Information|Shopping Cart List|Vouchers|Transactions|Income+ Wallet Transactions",
    ].flatMap { $0.split(separator: "|").map { String($0) } })
}
