/// Pages as DiscordChatExporter writes them, of invented people.
enum DiscordHTMLPages {
  /// A page of a newer version, which leaves out quotation marks and some ends.
  static func page(
    _ groups: [String], count: Int, guild: String = "Snail Club", channel: String = "Text / general"
  ) -> String {
    "<!DOCTYPE html><html lang=en><head><title>\(guild) - general</title><meta charset=utf-8>"
      + "<style>.preamble{display:grid}.chatlog__message-container{padding:1px}</style>"
      + "<script>document.addEventListener('x',()=>{for(let i=0;i<3;i++){}});</script></head><body>"
      + "<div class=preamble><div class=preamble__guild-icon-container><img class=preamble__guild-icon src=x.png alt=\"Guild icon\" loading=lazy></div>"
      + "<div class=preamble__entries-container><div class=preamble__entry>\(guild)</div><div class=preamble__entry>\(channel)</div>"
      + "<div class=\"preamble__entry preamble__entry--small\">about snails</div></div></div>\n<div class=chatlog>\n"
      + groups.map { "<div class=chatlog__message-group>\($0)</div>\n" }.joined()
      + "</div><div class=postamble><div class=postamble__entry>Exported \(count) message(s)</div></div>\n"
  }

  static func author(_ id: String, _ fullName: String, _ shown: String, _ tag: String = "") -> String {
    "<span class=chatlog__author style=\"color:rgb(1,2,3)\" title=\"\(fullName)\" data-user-id=\(id)>\(shown)</span>"
      + (tag.isEmpty ? "" : " <span class=chatlog__author-tag>\(tag)</span>")
  }

  /// A message; the first of its group names its author.
  static func message(
    _ id: String, _ date: String, by author: String?, _ content: String, before: String = ""
  ) -> String {
    let header = author.map {
      "<div class=chatlog__header>\($0) <span class=chatlog__timestamp title=\"\(date)\"><a href=#chatlog__message-container-\(id)>\(date)</a></span></div>"
    }
    let aside =
      author == nil
      ? "<div class=chatlog__short-timestamp title=\"\(date)\">7:33 PM</div>"
      : "<img class=chatlog__avatar src=a.png alt=Avatar loading=lazy>"
    return
      "<div id=chatlog__message-container-\(id) class=\"chatlog__message-container\" data-message-id=\(id)>"
      + "<div class=chatlog__message><div class=chatlog__message-aside>\(aside)</div><div class=chatlog__message-primary>"
      + "\(before)\(header ?? "")\(content)</div></div></div>"
  }

  static func text(_ html: String, edited: Bool = false) -> String {
    "<div class=\"chatlog__content chatlog__markdown\"><span class=chatlog__markdown-preserve><!--wmm:ignore-->\(html)<!--/wmm:ignore--></span>"
      + (edited ? " <span class=chatlog__edited-timestamp title=\"1/17/2023 8:00 PM\">(edited)</span>" : "")
      + "</div>"
  }

  static func notice(_ id: String, _ date: String, _ user: String, _ icon: String, _ words: String) -> String
  {
    "<div id=chatlog__message-container-\(id) class=chatlog__message-container data-message-id=\(id)><div class=chatlog__message>"
      + "<div class=chatlog__message-aside><svg class=chatlog__system-notification-icon><use href=#\(icon)></use></svg></div>"
      + "<div class=chatlog__message-primary><span class=chatlog__system-notification-author title=\(user) data-user-id=77>\(user)</span><span> </span>"
      + "<span class=chatlog__system-notification-content><span>\(words)</span></span> <span class=chatlog__system-notification-timestamp>"
      + "<a href=#chatlog__message-container-\(id)>\(date)</a></span></div></div></div>"
  }

  static let reply =
    "<div class=chatlog__reply><img class=chatlog__reply-avatar src=a.png alt=Avatar loading=lazy>"
    + "<div class=chatlog__reply-author title=rex>Rex T</div><div class=chatlog__reply-content>"
    + "<span class=chatlog__reply-link onclick=\"scrollToMessage(event,'1')\">hello there</span></div></div>"

  static let parts =
    "<div class=chatlog__attachment><a href=x.png><img class=chatlog__attachment-media src=x.png alt=\"Image attachment\" title=\"Image: x.png (1 KB)\" loading=lazy></a></div>"
    + "<div class=chatlog__embed><div class=chatlog__embed-content-container><div class=chatlog__embed-text><div class=chatlog__embed-title>"
    + "<div class=\"chatlog__markdown chatlog__markdown-preserve\">not hers</div></div></div></div></div>"
    + "<div class=chatlog__sticker title=snail><img class=chatlog__sticker--media src=s.png alt=Sticker></div>"
    + "<div class=chatlog__reactions><div class=chatlog__reaction title=snail><img class=\"chatlog__emoji chatlog__emoji--small\" alt=🐌 src=e.svg loading=lazy>"
    + " <span class=chatlog__reaction-count>3</span></div></div>"

  static let forwarded =
    "<div class=chatlog__forwarded><div class=chatlog__forwarded-header>Forwarded</div><div class=chatlog__forwarded-content>"
    + "<span class=chatlog__markdown-preserve>not his own</span></div><div class=chatlog__forwarded-timestamp>1/1/2023</div></div>"

  /// A page of 2020, in which a group names its author.
  static let old = """
    <!DOCTYPE html>
    <html lang="en">
    <head><style>.chatlog__author-name{}</style></head>
    <body>
    <div class="preamble">
      <div class="preamble__entries-container">
        <div class="preamble__entry">Snail Club</div>
        <div class="preamble__entry">Text / general</div>
      </div>
    </div>
    <div class="chatlog">
    <div class="chatlog__message-group">
      <div class="chatlog__author-avatar-container"><img class="chatlog__author-avatar" src="a.png" alt="Avatar"></div>
      <div class="chatlog__messages">
        <span class="chatlog__author-name" title="rex#7001" data-user-id="77" style="">Rex T</span>
        <span class="chatlog__timestamp">04-Jan-19 05:52 PM</span>
        <div class="chatlog__message " data-message-id="530805779645595660" id="message-530805779645595660">
          <div class="chatlog__content"><div class="markdown"><span class="preserve-whitespace">hello
    there</span></div></div>
        </div>
        <div class="chatlog__message " data-message-id="530805779645595661" id="message-530805779645595661">
          <div class="chatlog__content"><div class="markdown"><span class="preserve-whitespace"><div class="quote">q</div>mine</span></div></div>
        </div>
      </div>
    </div>
    </div>
    <div class="postamble"><div class="postamble__entry">Exported 2 message(s)</div></div>
    </body>
    </html>

    """
}
