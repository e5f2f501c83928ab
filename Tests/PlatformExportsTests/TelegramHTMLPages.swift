/// Pages as Telegram Desktop writes them, of invented people.
enum TelegramHTMLPages {
  static func page(_ title: String, _ body: String, sort: String = "chat_page") -> String {
    """
    <!DOCTYPE html>
    <html>

     <head>

      <meta charset="utf-8"/>
    <title>Exported Data</title>
      <meta content="width=device-width, initial-scale=1.0" name="viewport"/>

      <link href="css/style.css" rel="stylesheet"/>

      <script src="js/script.js" type="text/javascript">

      </script>

     </head>

     <body onload="CheckLocation();">

      <div class="page_wrap">

       <div class="page_header">

        <div class="content">

         <div class="text bold">
    \(title)
         </div>

        </div>

       </div>

       <div class="page_body \(sort)">

        <div class="\(sort == "chat_page" ? "history" : "entry_list")">
    \(body)
        </div>

       </div>

      </div>

     </body>

    </html>

    """
  }

  static func message(
    _ id: Int, _ time: String, from name: String?, _ inner: String, after: String = ""
  ) -> String {
    let name = name.map {
      """

            <div class="from_name">
      \($0)
            </div>
      """
    }
    return """

           <div class="message default clearfix\(name == nil ? " joined" : "")" id="message\(id)">

            <div class="pull_left userpic_wrap">

             <div class="userpic userpic3" style="width: 42px; height: 42px">

              <div class="initials" style="line-height: 42px">
      R
              </div>

             </div>

            </div>

            <div class="body">

             <div class="pull_right date details" title="\(time)">
      18:03
             </div>
      \(name ?? "")
      \(inner)
      \(after)
            </div>

           </div>

      """
  }

  static func text(_ html: String) -> String {
    """

           <div class="text">
    \(html)
           </div>

    """
  }

  static func forwarded(from name: String?, _ inner: String) -> String {
    let name = name.map {
      """

             <div class="from_name">
      \($0)<span class="date details" title="01.05.2021 10:00:00 UTC+01:00"> 01.05.2021 10:00:00</span>
             </div>
      """
    }
    return """

             <div class="pull_left forwarded userpic_wrap">

              <div class="userpic userpic2" style="width: 42px; height: 42px">

              </div>

             </div>

             <div class="forwarded body">
      \(name ?? "")
      \(inner)
             </div>

      """
  }

  static func media(_ sort: String, _ title: String, _ status: String) -> String {
    """

           <div class="media_wrap clearfix">

            <div class="media clearfix pull_left \(sort)">

             <div class="fill pull_left">

             </div>

             <div class="body">

              <div class="title bold">
    \(title)
              </div>

              <div class="status details">
    \(status)
              </div>

             </div>

            </div>

           </div>

    """
  }

  static func service(_ id: Int, _ text: String) -> String {
    """

         <div class="message service" id="message\(id)">

          <div class="body details">
    \(text)
          </div>

         </div>

    """
  }

  static func entry(
    _ name: String, _ details: [String], info: String = "", subname: String = "", tooltip: String = "",
    address: String? = nil
  ) -> String {
    func block(_ sort: String, _ text: String) -> String {
      text.isEmpty ? "" : "\n       <div class=\"\(sort)\">\n\(text)\n       </div>\n"
    }
    let tag = address == nil ? "div" : "a"
    return """

           <\(tag) class="entry \(address == nil ? "" : "block_link ")clearfix"\(address.map { " href=\"\($0)\"" } ?? "")>

            <div class="pull_left userpic_wrap">

             <div class="userpic userpic1" style="width: 48px; height: 48px">

              <div class="initials" style="line-height: 48px"\(tooltip.isEmpty ? "" : " title=\"\(tooltip)\"")>
      R
              </div>

             </div>

            </div>

            <div class="body">
      \(block("pull_right info details", info))\(block("name bold", name))\(block("subname bold", subname))
      \(details.map { block("details_entry details", $0) }.joined())
            </div>

           </\(tag)>

      """
  }

  static func owner(_ rows: [(String, String)]) -> String {
    let rows = rows.map {
      """

             <div class="row">

              <div class="label details">
      \($0.0)
              </div>

              <div class="value bold">
      \($0.1)
              </div>

             </div>

      """
    }
    return page(
      "Exported Data",
      """
       <div class="personal_info clearfix">

        <div class="pull_right userpic_wrap">

         <div class="userpic userpic1" style="width: 90px; height: 90px">

          <div class="initials" style="line-height: 90px">
      HM
          </div>

         </div>

        </div>

        <div class="rows names">
      \(rows.joined())
        </div>

       </div>
      """, sort: "summary")
  }
}
