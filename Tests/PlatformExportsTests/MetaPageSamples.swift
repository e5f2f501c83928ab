/// Pages as downloads of Facebook and Instagram write them, with invented people.
enum MetaPageSamples {
  /// How pages of a time and platform are built.
  enum Generation: CaseIterable {
    /// Facebook's until about 2021.
    case old
    /// Facebook's until about 2024.
    case middle
    /// Facebook's of today.
    case new
    case instagram
  }

  private static let style =
    "html{x:y}._2lej{z:1}._a6-g{background:#fff}._a6-h{x:1}._a6-o{x:1}._a6-p{x:1}.uiBoxWhite{border:1px}"

  /// A page around its parts.
  static func page(_ parts: String, _ generation: Generation, title: String = "Page", maker: String = "")
    -> String
  {
    let head =
      "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\" /><base href=\"../\" />"
      + "<style type=\"text/css\">\(style)</style><title>\(title)</title></head><body class=\"_5vb_ _2yq\">"
    switch generation {
    case .old:
      return head
        + "<div class=\"_li\"><div class=\"_3b0d\">\(title)</div><div class=\"_4t5n\" role=\"main\">\(parts)</div>"
        + (maker.isEmpty ? "" : "<div class=\"_4t5o\"><div>\(maker)</div></div>") + "</div></body></html>"
    case .middle:
      return head + "<div class=\"_li\"><div class=\"_a706\" role=\"main\"><div>\(parts)</div></div>"
        + (maker.isEmpty ? "" : "<div class=\"_a707\"><div>\(maker)<div>Contains data</div></div></div>")
        + "</div></body></html>"
    case .new, .instagram:
      let aside = maker.isEmpty ? "" : "<aside role=\"contentinfo\" class=\"_aoaa\">\(maker)</aside>"
      let logo = generation == .instagram ? "<img src=\"files/Instagram-Logo.png\" alt=\"Instagram\" />" : ""
      return head
        + "<div class=\"_li\">\(logo)<header class=\"_as-_\"><h1 id=\"u_0\">\(title)</h1>\(aside)</header>"
        + "<main class=\"_a706\" role=\"main\">\(parts)</main></div></body></html>"
    }
  }

  /// A part: heading, body, foot; what is nil is not there.
  static func part(
    _ heading: String?, _ body: String?, _ foot: String?, _ generation: Generation
  ) -> String {
    switch generation {
    case .old:
      return "<div class=\"pam _3-95 _2pi0 _2lej uiBoxWhite noborder\">"
        + (heading.map { "<div class=\"_3-96 _2pio _2lek _2lel\">\($0)</div>" } ?? "")
        + (body.map { "<div class=\"_3-96 _2let\">\($0)</div>" } ?? "")
        + "<div class=\"_3-94 _2lem\">\(foot ?? "")</div></div>"
    case .middle:
      return "<div class=\"_3-95 _a6-g\">"
        + (heading.map { "<div class=\"_2ph_ _a6-h _a6-i\">\($0)</div>" } ?? "")
        + (body.map { "<div class=\"_2ph_ _a6-p\">\($0)</div>" } ?? "")
        + (foot.map { "<div class=\"_3-94 _a6-o\"><div class=\"_a72d\">\($0)</div></div>" } ?? "") + "</div>"
    case .new:
      return "<section class=\"_a6-g\" aria-labelledby=\"u_1\">"
        + (heading.map { "<h2 class=\"_2ph_ _a6-h _a6-i\" id=\"u_1\">\($0)</h2>" } ?? "")
        + (body.map { "<div class=\"_2ph_ _a6-p\">\($0)</div>" } ?? "")
        + (foot.map { "<footer class=\"_3-94 _a6-o\"><div class=\"_a72d\">\($0)</div></footer>" } ?? "")
        + "</section>"
    case .instagram:
      return "<div class=\"pam _3-95 _2ph- _a6-g uiBoxWhite noborder\">"
        + (heading.map { "<h2 class=\"_3-95 _2pim _a6-h _a6-i\">\($0)</h2>" } ?? "")
        + (body.map { "<div class=\"_3-95 _a6-p\">\($0)</div>" } ?? "")
        + (foot.map { "<div class=\"_3-94 _a6-o\">\($0)</div>" } ?? "") + "</div>"
    }
  }

  /// A message's body.
  static func words(_ text: String, shared: String = "", reactions: [String] = []) -> String {
    let list =
      reactions.isEmpty
      ? ""
      : "<div><ul class=\"_a6-q\">\(reactions.map { "<li><span>\($0)</span></li>" }.joined())</ul></div>"
    return "<div><div></div><div>\(text)</div><div>\(shared)</div><div></div>\(list)</div>"
  }

  /// Rows of a label and a value; Instagram writes both into one cell, but times.
  static func table(_ rows: [(String, String)], _ generation: Generation) -> String {
    let rows = rows.map { label, value in
      generation == .instagram && !value.contains("202")
        ? "<tr><td colspan=\"2\" class=\"_2pin _a6_q\">\(label)<div><div>\(value)</div></div></td></tr>"
        : "<tr><td class=\"_2pin _a6_q\">\(label)</td><td class=\"_2pin _2piu _a6_r\">\(value)</td></tr>"
    }
    return "<table style=\"table-layout: fixed;\"><tbody>\(rows.joined())</tbody></table>"
  }

  private static func instagram(_ parts: [String], title: String = "Page", maker: String = "") -> String {
    page(parts.joined(), .instagram, title: title, maker: maker)
  }

  private static func link(_ handle: String, _ heading: String?, _ time: String) -> String {
    part(
      heading,
      "<div><div><a target=\"_blank\" href=\"https://www.instagram.com/_u/\(handle)\">\(heading == nil ? handle : "https://www.instagram.com/_u/\(handle)")</a></div><div>\(time)</div></div>",
      nil, .instagram)
  }

  /// The same download as `MetaJSONTests.instagram` as far as pages say it, eight hours behind UTC.
  static let instagram: [(String, String)] = [
    (
      "your_instagram_activity/messages/inbox/rex_17/message_1.html",
      instagram(
        [
          part(
            "Rex",
            words(
              "Caf&#233;<br />\n&lt;3",
              shared:
                "<div><div>not Rex&#039;s</div><div><a target=\"_blank\" href=\"https://example.org/p/1?a=1&amp;b=2\">https://example.org/p/1?a=1&amp;b=2</a></div></div>",
              reactions: ["❤Hilda 🐌<span> (Nov 14, 2023 2:14 pm)</span>"]), "Nov 14, 2023 2:13 pm", .instagram
          ),
          part(
            "Hilda 🐌",
            words(
              "",
              shared:
                "<div><a target=\"_blank\" href=\"your_instagram_activity/a.jpg\"><img src=\"your_instagram_activity/a.jpg\" class=\"_a6_o\" /></a></div>"
            ),
            "Nov 14, 2023 2:13 pm", .instagram),
          part(
            "Hilda 🐌",
            words(
              "",
              shared:
                "<div><video src=\"your_instagram_activity/b.mp4\" controls=\"1\"><a target=\"_blank\" href=\"your_instagram_activity/b.mp4\"><div>Click for video:</div></a></video></div>"
            ), "Nov 14, 2023 2:12 pm", .instagram),
          part("Instagram User", words("gone"), "Nov 14, 2023 2:11 pm", .instagram),
          part("Rex", words("when"), "soon", .instagram),
        ], title: "Rex")
    ),
    (
      "security_and_login_information/login_and_profile_creation/login_activity.html",
      instagram([
        part(
          "2026-01-02T10:00:05+00:00",
          table(
            [
              ("Cookie Name", "*************************abc"), ("IP Address", "192.0.2.9"), ("Port", "51234"),
              ("Language Code", "en"), ("Time", "Jan 02, 2026 2:00 am"),
              ("User Agent", "Instagram 300.0 Android"),
            ], .instagram), nil, .instagram),
        part(
          "2026-01-03T10:00:00+00:00",
          table(
            [("IP-Adresse", "2001:db8::7"), ("Puerto", "443"), ("Hora", "ene 03, 2026 2:00 am")], .instagram),
          nil, .instagram),
        part(
          nil, table([("IP 주소", "192.0.2.10"), ("Time", "yesterday, 2026")], .instagram), nil, .instagram),
      ])
    ),
    (
      "personal_information/personal_information/personal_information.html",
      instagram(
        [
          part(
            "User information",
            table(
              [
                ("Email", "hilda&#064;example.org"), ("Telefon", "+447700900005"),
                ("Username", "hilda.snail"),
                ("Name", "Hilda 🐌"), ("Odd", "thing"), ("Bio", "slow"), ("Date of birth", "1990-03-04"),
              ], .instagram), nil, .instagram)
        ],
        maker:
          "Generated by hilda.snail on <time datetime=\"2026-06-24T12:17Z\">Wednesday 24 June 2026 at 05:17 UTC</time>"
      )
    ),
    (
      "connections/followers_and_following/following.html",
      instagram([link("rex.tyrant", "rex.tyrant", "Jul 21, 2023 8:26 pm")])
    ),
    (
      "connections/followers_and_following/followers_1.html",
      instagram([link("una_x", nil, "Jul 21, 2023 8:26 pm")])
    ),
    (
      "connections/followers_and_following/blocked_profiles.html",
      instagram([link("bad.actor", "bad.actor", "set 17, 2023 5:20 da tarde/noite")])
    ),
    (
      "personal_information/personal_information/profile_changes.html",
      instagram([
        part(
          "Profile change",
          table(
            [
              ("Changed", "Username"), ("Previous value", "hilda.old"), ("New value", "hilda.snail"),
              ("Change date", "Sep 13, 2020 4:26 am"),
            ], .instagram), nil, .instagram)
      ])
    ),
    (
      "personal_information/device_information/devices.html",
      instagram([
        part(
          nil,
          table(
            [
              ("Last Login", "Jan 02, 2026 2:00 am"), ("User Agent", "Instagram 300.0 Android"),
              ("Device ID", "android-1234"), ("Ort", "192.0.2.44:443"),
            ], .instagram), nil, .instagram)
      ])
    ),
    (
      "your_instagram_activity/comments/post_comments_1.html",
      instagram([
        part(
          nil,
          table(
            [
              ("Comment", "what a &quot;day&quot;"), ("Media Owner", "una_x"),
              ("Time", "Jun 23, 2026 11:11 am"),
            ],
            .instagram), nil, .instagram)
      ])
    ),
    (
      "your_instagram_activity/media/posts_1.html",
      instagram([
        part(
          "by the sea",
          "<div><a target=\"_blank\" href=\"media/posts/1.jpg\"><img src=\"media/posts/1.jpg\" /></a></div>",
          "Jun 24, 2026 11:11 am", .instagram)
      ])
    ),
  ]

  /// A download of Facebook's in one of its generations, by path; times are those of the wall.
  static func facebook(_ generation: Generation) -> [(String, String)] {
    let folder = generation == .new ? "your_facebook_activity/" : ""
    let maker =
      generation == .new
      ? "Generated by Zoë Fictional on <time datetime=\"2026-05-19T23:47Z\">Wednesday 20 May 2026 at 07:47 UTC+08:00</time>"
      : "Generated by Zoë Fictional on Thursday, 27 June 2019 at 12:55 UTC+07:00"
    func time(_ clock: String) -> String {
      generation == .old ? "4 Mar 2019, \(clock)" : "Mar 04, 2019 \(clock)"
    }
    let profile = [
      ("Name", "Zoë Fictional<br />"), ("Username", "zoe.fictional<br />"),
      (
        "Profile",
        "<a href=\"https://www.facebook.com/zoe.fictional\">https://www.facebook.com/zoe.fictional</a>"
      ), ("Registration date", "Saturday, 26 December 2009 at 10:00 UTC+07:00"),
      ("Registration IP", "192.0.2.77"),
      (
        "Email addresses",
        "<ul><li>zoe&#064;example.org</li><li>old&#064;example.net (Previous email address)</li><li>new&#064;example.net(Pending)</li></ul>"
      ), ("Phones", "<ul><li>+447700900123 (Mobile) Saturday 14 March 2026 at 11:50 UTC+08:00 </li></ul>"),
      ("Birthday", "12 Apr 1996"),
      ("Previous names", "<ul><li>Zoe Old (Monday, 11 August 2014 at 18:26 UTC+07:00)</li></ul>"),
      ("Shoe size", "44"),
    ]
    let table =
      "<table class=\"_4nkx\">\(profile.map { "<tr><th>\($0)</th><td>\($1)</td></tr>" }.joined())</table>"
    return [
      (
        "\(folder)messages/inbox/rex_1a2b/message_1.html",
        page(
          part("Participants: Rex and Zoë Fictional", nil, nil, generation)
            + part("Rex", words("are you in?"), time("10:00"), generation)
            + part("Zoë Fictional", words("yes"), time("10:01"), generation), generation, title: "Rex",
          maker: maker)
      ),
      (
        "security_and_login_information/logins_and_logouts.html",
        page(
          part(
            "Login",
            Self.table(
              [("Time", time("09:00")), ("IP address", "192.0.2.9"), ("Site", "www.facebook.com")], generation
            ),
            nil, generation)
            + part(
              "Log out",
              Self.table(
                [("Time", time("09:30")), ("IP address", "2001:db8::7"), ("Site", "www.facebook.com")],
                generation),
              nil, generation), generation, maker: maker)
      ),
      (
        "security_and_login_information/where_you're_logged_in.html",
        page(
          part(
            "Phone",
            "<table><tr><td>Created</td><td>\(time("08:00"))</td></tr><tr><td>Updated</td><td>\(time("08:30"))</td></tr>"
              + "<tr><td colspan=\"2\">Location<div>Leeds, UK</div></td></tr><tr><td colspan=\"2\">IP address<div>192.0.2.44</div></td></tr>"
              + "<tr><td colspan=\"2\">Browser<div>Odd/1 [FBAN/EMA;FBDM/&#123;density=2&#125;]</div></td></tr>"
              + "<tr><td colspan=\"2\">Cookie<div>fw2L********************</div></td></tr></table>", nil,
            generation),
          generation)
      ),
      (
        "\(generation == .new ? "connections/friends/your_friends" : "friends/friends").html",
        page(
          part("Priya Patel", nil, time("07:00"), generation)
            + part("Facebook user", nil, time("07:01"), generation),
          generation)
      ),
      (
        "\(generation == .new ? "personal_information/" : "")profile_information/profile_information.html",
        page("<div class=\"pam uiBoxWhite noborder\">\(table)</div>", generation, maker: maker)
      ),
      (
        "\(folder)comments\(generation == .new ? "_and_reactions" : "")/comments.html",
        page(
          part(
            "Zoë Fictional commented on Rex's post.",
            "<div><div class=\"_2pin\"><div>no<br /> never</div></div></div>", time("06:00"), generation),
          generation)
      ),
      (
        "\(folder)posts/your_posts_1.html",
        page(
          part(
            "Zoë Fictional updated her status.",
            "<div><div class=\"_2pin\"><div><a href=\"posts/media/1.jpg\"><img src=\"posts/media/1.jpg\" /></a><div class=\"_3-95\">a day out</div>"
              + "<table><tr><td colspan=\"2\">Upload IP address<div>198.51.100.7</div></td></tr></table></div></div>"
              + "<div class=\"_2pin\"><div>a day out</div></div>"
              + "<div class=\"_2pin\"><div><a target=\"_blank\" href=\"https://example.org/x\">https://example.org/x</a></div></div>"
              + "<div class=\"_2pin\"><div>Updated \(time("05:30"))</div></div></div>", time("05:00"),
            generation),
          generation)
      ),
    ]
  }
}
