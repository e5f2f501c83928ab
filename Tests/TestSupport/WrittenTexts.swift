/// What people of two manners wrote, twice each; a line is a post.
public enum WrittenTexts {
  /// Chat.
  public static let chatty = """
    ok so i tried the thing you said and it still breaks lol
    no idea why tbh, maybe the cache is stale again
    i'll look at it after lunch, brb
    hmm it says the module is missing but i can see it right there
    oh wait, wrong branch. sorry for the noise lol
    yeah that works now, thx
    do you know if the tests run on the old box? i can't get them to start there
    it just hangs, no output at all
    maybe i should just wipe it and start over tbh
    ok wiping it now, wish me luck lol
    """

  /// Chat.
  public static let chattyToo = """
    morning. anyone seen the build logs from last night?
    they look weird tbh, half of it is missing
    oh it's the disk again lol
    ok i cleared some space, let's see if it helps
    nope, still the same. no idea what it wants from me
    i'll ask on the list, maybe somebody else has seen this
    btw the new docs are nice, thx for that
    hmm the second example doesn't run for me tho
    oh wait, i have the old version. sorry lol
    yeah works now, brb coffee
    """

  /// Letters.
  public static let formal = """
    I have had a look at the report, and I believe that the second figure is wrong.
    Could you please check whether the units are the same in both of the tables?
    As far as I remember, we agreed to use seconds rather than milliseconds.
    That said, I may well be mistaken; it has been a long week.
    I shall send you the corrected version tomorrow morning, if that suits you.
    By the way, the meeting has been moved to Thursday at ten o'clock.
    Please let me know if you are unable to attend, so that I can inform the others.
    Thank you very much for your patience.
    """

  /// Letters.
  public static let formalToo = """
    Good evening. I would like to come back to the question that was raised yesterday.
    In my opinion, the proposal is sound; however, the wording could be clearer.
    Would it be possible to replace the second paragraph with a short list?
    I have attached a draft, although I am not entirely happy with the ending.
    Please feel free to change whatever you consider necessary.
    That said, I should like to have it finished before the end of the week.
    I shall be away on Friday, so it would be best to write to me before then.
    Thank you very much in advance.
    """

  /// What is passed on from one to the next.
  public static let chainLetter = """
    FORWARD this to everyone you kno!! Tommorow the new rule starts were they can use ur photos.. Dont forget the \
    deadline is today!!! It can be used in court cases against you , everything you have ever posted becomes public \
    from today even messages that have been deleted . It costs nothing for a simple copy and paste so better safe then \
    sorry.. If you do not publish a statement at least once it will be tacitly allowed
    """

  /// A word of a writer's own.
  public static func word(of writer: Int) -> String {
    let letters = Array("bcdfghklmnprstvz")
    return "qua" + String(String(writer, radix: 16).map { letters[Int(String($0), radix: 16) ?? 0] })
  }

  /// A text in which no run of words is another writer's: before as many letters as a passage has comes a word of the
  /// writer's own.
  public static func own(_ text: String, _ writer: Int) -> String {
    let word = word(of: writer)
    var run = 0
    return text.split(separator: "\n").map { line in
      line.split(separator: " ").flatMap { next -> [String] in
        run += next.count
        if run < 36 { return [String(next)] }
        run = next.count
        return [word, String(next)]
      }.joined(separator: " ")
    }.joined(separator: "\n")
  }
}
