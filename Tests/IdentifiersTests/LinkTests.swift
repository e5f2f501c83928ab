import AccountModel
import Identifiers
import Testing

@Suite struct WebAddressTests {
  @Test(arguments: [
    ("HTTPS://Example.COM:443/Path?b=1&utm_source=x#frag", "https://example.com/Path?b=1"),
    ("http://example.com:80/", "http://example.com"), ("example.com/a", "https://example.com/a"),
    ("https://user:pw@example.com/", "https://example.com"),
    ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
    ("https://example.com/%c3%bc", "https://example.com/%C3%BC"),
    ("https://[2001:DB8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
    ("https://example.com?fbclid=abc", "https://example.com"),
    ("https://example.com/a?=", "https://example.com/a"),
    ("https://example.com/a?=&b", "https://example.com/a?b"),
    ("https://x.com/hilda/status/1?s=20&t=AbC", "https://x.com/hilda/status/1"),
    ("https://example.com/?s=20&t=AbC", "https://example.com?s=20&t=AbC"),
  ])
  func canonical(raw: String, expected: String) { #expect(normalise(raw, .url).canonical == expected) }

  @Test(arguments: [
    "", "hello world", "javascript:alert(1)", "https://", "https://a..b/", "https://example.com:99999/",
    "mailto:hilda@example.com", "hilda@example.com", "mailto:hilda@example.com?subject=x",
  ])
  func identifiesNothing(raw: String) { #expect(normalise(raw, .url).canonical.isEmpty) }
}

@Suite struct ShareTokenTests {
  @Test func instagramTokensAreDecoded() throws {
    #expect(ShareToken.decodedInstagramToken("M2dmMGZiMTZ2bGEy") == "3gf0fb16vla2")
    let link = "https://www.instagram.com/reel/C8q-L2XJPeC/?igsh=M2dmMGZiMTZ2bGEy"
    let token = try #require(ShareToken.tokens(in: link).first)
    #expect(token.key == "igsh=3gf0fb16vla2")
    #expect(normalise(link, .url).key("share-token") == "igsh=3gf0fb16vla2")
    #expect(normalise(link, .url).canonical == "https://www.instagram.com/reel/C8q-L2XJPeC/")
  }

  @Test func sharedConstantIsBlocked() throws {
    for value in ["MzRlODBiNWFlZA==", "MzRlODBiNWFlZA%3D%3D"] {
      let link = "https://www.instagram.com/p/C8q-L2XJPeC/?igshid=" + value
      let token = try #require(ShareToken.tokens(in: link).first)
      #expect(token.decoded == "34e80b5aed")
      #expect(token.isKnownShared)
      #expect(normalise(link, .url).key("share-token") == nil)
    }
  }

  @Test(arguments: [
    ("https://x.com/hilda/status/1?s=20&t=AbCdEf", "t=AbCdEf"), ("https://youtu.be/abc?si=XyZ", "si=XyZ"),
    ("https://open.spotify.com/track/1?si=abcd", "si=abcd"), ("https://vm.tiktok.com/ZMabc/", "path=ZMabc"),
    ("https://www.tiktok.com/@h/video/1?u_code=d1&_r=1", "u_code=d1"),
    ("https://www.reddit.com/r/a/s/AbC", "path=AbC"),
    ("https://www.facebook.com/share/p/AbC/?mibextid=x", "path=AbC"),
  ])
  func keys(link: String, expected: String) {
    #expect(ShareToken.tokens(in: link).first?.key == expected)
  }

  @Test func clientKindsAreNoTokens() {
    #expect(ShareToken.tokens(in: "https://x.com/hilda/status/1?s=20").isEmpty)
    #expect(ShareToken.tokens(in: "https://example.com/?si=abc").isEmpty)
    for link in ["https://t.me/+AbCdEf", "https://t.me/joinchat/AbCdEf", "https://t.me/+447700900123"] {
      #expect(ShareToken.tokens(in: link).isEmpty)
    }
    // The video and who made it, and what stands in every link.
    let video = "https://www.tiktok.com/@h/video/1"
    #expect(ShareToken.tokens(in: video + "?_r=1&share_item_id=1&share_author_id=2").isEmpty)
    #expect(normalise(video + "?_r=1&share_item_id=1&share_author_id=2", .url).canonical == video)
  }
}

@Suite struct ProfileLinkTests {
  @Test(arguments: [
    ("https://x.com/Hilda_M", "x", IdentifierKind.handle, "hilda_m"),
    ("twitter.com/Hilda_M/status/1?s=20", "x", .handle, "hilda_m"),
    ("https://twitter.com/intent/user?user_id=12345", "x", .platformID, "12345"),
    ("https://www.instagram.com/Hilda.M/", "instagram", .handle, "hilda.m"),
    ("https://www.instagram.com/stories/hilda.m/123", "instagram", .handle, "hilda.m"),
    ("https://www.facebook.com/Hilda.Marsh", "facebook", .handle, "hildamarsh"),
    ("https://m.facebook.com/profile.php?id=100000000000001", "facebook", .platformID, "100000000000001"),
    (
      "https://www.facebook.com/people/Hilda-Marsh/100000000000001/", "facebook", .platformID,
      "100000000000001"
    ),
    ("https://www.tiktok.com/@Hilda.M/video/1", "tiktok", .handle, "hilda.m"),
    ("https://www.snapchat.com/add/hilda-m", "snapchat", .handle, "hilda-m"),
    ("https://old.reddit.com/user/Hilda_M/", "reddit", .handle, "hilda_m"),
    ("https://t.me/HildaM", "telegram", .handle, "hildam"),
    ("https://t.me/s/HildaM", "telegram", .handle, "hildam"),
    ("tg://user?id=12345", "telegram", .platformID, "12345"),
    ("https://t.me/+447700900123", "telegram", .phone, "+447700900123"),
    ("https://wa.me/447700900123", "whatsapp", .phone, "+447700900123"),
    ("https://api.whatsapp.com/send?phone=447700900123", "whatsapp", .phone, "+447700900123"),
    ("https://bsky.app/profile/hilda.bsky.social", "bluesky", .handle, "hilda.bsky.social"),
    ("https://bsky.app/profile/did:plc:abc234", "bluesky", .platformID, "did:plc:abc234"),
    ("https://discord.com/users/175928847299117063", "discord", .platformID, "175928847299117063"),
    (
      "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "youtube", .platformID,
      "UCabcdefghijklmnopqrstuv"
    ),
    ("https://www.youtube.com/@HildaM", "youtube", .handle, "hildam"),
    ("https://social.example/@Hilda", "mastodon", .handle, "hilda@social.example"),
    ("https://social.example/@hilda@other.example", "mastodon", .handle, "hilda@other.example"),
    ("https://social.example/users/hilda", "mastodon", .handle, "hilda@social.example"),
    ("https://www.instagram.com/_u/Hilda.M", "instagram", .handle, "hilda.m"),
    ("https://instagram.com/hilda.m/reel/C8q-L2XJPeC/", "instagram", .handle, "hilda.m"),
    ("https://www.facebook.com/pg/Hilda.Marsh/photos/", "facebook", .handle, "hildamarsh"),
    ("https://de-de.facebook.com/hilda.marsh/photos_albums", "facebook", .handle, "hildamarsh"),
    ("https://uk.linkedin.com/in/Hilda-Marsh-1a2b?trk=x", "linkedin", .handle, "hilda-marsh-1a2b"),
    ("https://www.facebook.com/pages/Hilda-Marsh/123456789", "facebook", .platformID, "123456789"),
    (
      "https://www.facebook.com/groups/555/user/100000000000001/", "facebook", .platformID, "100000000000001"
    ),
    ("https://m.me/hilda.marsh", "facebook", .handle, "hildamarsh"),
    ("https://www.messenger.com/t/hilda.marsh", "facebook", .handle, "hildamarsh"),
    ("https://x.com/hilda_m/with_replies", "x", .handle, "hilda_m"),
    ("https://t.me/@HildaM", "telegram", .handle, "hildam"),
    (
      "https://music.youtube.com/channel/UCabcdefghijklmnopqrstuv", "youtube", .platformID,
      "UCabcdefghijklmnopqrstuv"
    ),
  ])
  func accounts(link: String, platform: String, kind: IdentifierKind, value: String) throws {
    let account = try #require(ProfileLink.account(in: link))
    #expect(account.platform == Platform(platform))
    #expect(account.kind == kind)
    #expect(account.value == value)
    // The canonical address points at the same account.
    let canonical = normalise(link, .profileLink).canonical
    let again = try #require(ProfileLink.account(in: canonical))
    #expect(again == account)
    #expect(normalise(canonical, .profileLink).canonical == canonical)
  }

  @Test(arguments: [
    "https://social.example/@@hilda", "https://social.example/@a@b@other.example",
    "https://social.example/@hil%2Fda", "https://social.example/@hil%3Fda", "https://x.com/%40%40",
  ])
  func whatReadsLikeAnAccountByChance(link: String) {
    let canonical = normalise(link, .profileLink).canonical
    #expect(!canonical.isEmpty)
    #expect(normalise(canonical, .profileLink).canonical == canonical)
  }

  @Test(arguments: [
    "https://t.me/+AbCdEf", "https://t.me/joinchat/AbC", "https://t.me/c/1/2",
    "https://www.instagram.com/p/AbC/",
    "https://www.instagram.com/reel/AbC/", "https://www.instagram.com/explore/tags/a/", "https://x.com/home",
    "https://x.com/i/status/1", "https://x.com/search?q=a", "https://www.facebook.com/groups/1",
    "https://x.com/",
    "https://www.facebook.com/photo.php?fbid=1", "https://discord.gg/abc",
    "https://www.youtube.com/watch?v=abc",
    "https://www.reddit.com/r/a/comments/b/", "https://example.com/hilda", "https://www.tiktok.com/tag/a",
    "https://www.instagram.com/_u", "https://www.instagram.com/_n/web_emaillogin?uid=a",
    "https://www.instagram.com/oauth/authorize", "https://www.instagram.com/popular/cats",
    "https://instagram.com/newroute/x", "https://x.com/account/access", "https://x.com/newroute/x",
    "https://www.facebook.com/public/Hilda-Marsh", "https://www.facebook.com/app_scoped_user_id/1/",
    "https://www.facebook.com/search/top?q=a", "https://www.facebook.com/me", "https://fb.me/1AbCdEf",
    "https://www.facebook.com/newroute/x", "https://www.messenger.com/t/1234567890123456",
    "https://www.messenger.com/e2ee/t/1234567890123456", "https://m.me/j/AbCdEf/",
    "https://about.instagram.com/@hilda", "https://www.reddit.com/user/me", "https://www.linkedin.com/in/me",
    "https://discord.com/users/@me", "https://t.me/nft/A-1", "https://t.me/k/1", "https://t.me/$AbC",
  ])
  func notUsers(link: String) {
    #expect(ProfileLink.account(in: link) == nil)
    #expect(!normalise(link, .profileLink).canonical.isEmpty)
  }

  /// What names nobody is compared as the address that it is: two of one sort are not one.
  @Test(arguments: [
    ("https://www.facebook.com/public/A", "https://www.facebook.com/public/B"),
    ("https://www.facebook.com/app_scoped_user_id/1", "https://www.facebook.com/app_scoped_user_id/2"),
    ("https://www.facebook.com/pg/One.Page", "https://www.facebook.com/pg/Two.Page"),
    ("https://fb.me/1AbCdEf", "https://fb.me/1abcdef"),
    ("https://www.instagram.com/_u/alice", "https://www.instagram.com/_u/bob"),
    ("https://m.me/j/AbCdEf/", "https://m.me/j/GhIjKl/"),
  ])
  func twoLinksOfOneSort(one: String, other: String) {
    #expect(normalise(one, .profileLink).canonical != normalise(other, .profileLink).canonical)
    let (left, right) = (normalise(one, .handle, .instagram), normalise(other, .handle, .facebook))
    #expect(left.canonical.isEmpty || left.canonical != right.canonical)
  }

  @Test func shortLinksNameNobody() {
    #expect(normalise("https://fb.me/1AbCdEf", .handle, .facebook).flags == ["not-a-user"])
    #expect(normalise("https://www.facebook.com/public/A", .handle, .facebook).canonical.isEmpty)
    #expect(normalise("https://www.instagram.com/_u/Alice", .handle, .instagram).canonical == "alice")
  }
}
