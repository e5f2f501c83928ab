/// Habits that no list of words shows.
enum RateHabit: Int, CaseIterable, Sendable {
  case lowercaseI, capitalI, allCaps, capitalized, mixedCase, lowercaseWord, withDigit, curlyApostrophe
  case straightApostrophe, elongatedWord, nonASCIIWord, underscoreWord
  case lineStartsLower, lineStartsCapital, lineEndsPeriod, lineEndsQuestion, lineEndsExclamation,
    lineEndsEllipsis
  case lineEndsBare, lineEndsComma, lineEndsEmoji, blankLine, lineStartsBullet, lineStartsSpace, lineEndsSpace
  case lineAllLower, lineOneWord
  case repeatedExclamation, repeatedQuestion, mixedMarks, twoDots, threeDots, manyDots, doubleHyphen,
    spacedHyphen
  case spaceBeforeMark, noSpaceAfterComma, doubleSpace, twoSpacesAfterPeriod, tab, spaceInsideBracket
  case doubleQuoted, singleQuoted, bracketed, starred, underscored, backticked, commaBeforeAnd, ampersandWord
  case sentenceStartsLower, sentenceStartsAnd, sentenceStartsBut, sentenceStartsSo, sentenceStartsI
  case emoji, emojiRun, skinTone, variationSelector, replacement, percentNumber, currencyNumber, clockTime

  /// The name of its rate, after `habit.`: that of the case.
  var name: String { "\(self)" }

  var family: RateFamily {
    switch self {
    case .lowercaseI, .capitalI, .allCaps, .capitalized, .mixedCase, .lowercaseWord, .sentenceStartsLower:
      .casing
    case .elongatedWord: .elongation
    case .emoji, .emojiRun, .skinTone, .variationSelector, .lineEndsEmoji: .emoji
    case .doubleQuoted, .singleQuoted, .starred, .underscored, .backticked: .quoting
    case .lineStartsLower, .lineStartsCapital, .lineEndsPeriod, .lineEndsQuestion, .lineEndsExclamation,
      .lineEndsEllipsis, .lineEndsBare, .lineEndsComma, .blankLine, .lineStartsBullet, .lineStartsSpace,
      .lineEndsSpace, .lineAllLower, .lineOneWord:
      .lines
    case .curlyApostrophe, .straightApostrophe: .contractions
    case .sentenceStartsAnd, .sentenceStartsBut, .sentenceStartsSo, .sentenceStartsI: .functionWords
    default: .punctuation
    }
  }

  var unit: RateUnit {
    switch self {
    case .lowercaseI, .capitalI, .allCaps, .capitalized, .mixedCase, .lowercaseWord, .withDigit,
      .curlyApostrophe,
      .straightApostrophe, .elongatedWord, .nonASCIIWord, .underscoreWord:
      .words
    case .sentenceStartsLower, .sentenceStartsAnd, .sentenceStartsBut, .sentenceStartsSo, .sentenceStartsI:
      .sentences
    default: family == .lines || self == .lineEndsEmoji ? .lines : .characters
    }
  }

  var sentence: String {
    switch self {
    case .lowercaseI: "writes “i” for “I”"
    case .capitalI: "writes “I” as a capital"
    case .allCaps: "writes words in capitals"
    case .capitalized: "begins words with a capital"
    case .mixedCase: "mixes case within words"
    case .lowercaseWord: "writes words in lower case"
    case .withDigit: "writes digits within words"
    case .curlyApostrophe: "uses the curly apostrophe"
    case .straightApostrophe: "uses the straight apostrophe"
    case .elongatedWord: "draws out letters of words"
    case .nonASCIIWord: "uses letters beyond A to Z"
    case .underscoreWord: "writes underscores within words"
    case .lineStartsLower: "begins lines in lower case"
    case .lineStartsCapital: "begins lines with a capital"
    case .lineEndsPeriod: "ends lines with a full stop"
    case .lineEndsQuestion: "ends lines with a question mark"
    case .lineEndsExclamation: "ends lines with an exclamation mark"
    case .lineEndsEllipsis: "ends lines with dots"
    case .lineEndsBare: "ends lines without a mark"
    case .lineEndsComma: "ends lines with a comma"
    case .lineEndsEmoji: "ends lines with an emoji"
    case .blankLine: "leaves blank lines"
    case .lineStartsBullet: "begins lines with a bullet or hyphen"
    case .lineStartsSpace: "begins lines with white space"
    case .lineEndsSpace: "leaves white space at the end of lines"
    case .lineAllLower: "writes whole lines without a capital"
    case .lineOneWord: "writes lines of one word"
    case .repeatedExclamation: "repeats exclamation marks"
    case .repeatedQuestion: "repeats question marks"
    case .mixedMarks: "mixes “?” and “!”"
    case .twoDots: "writes two dots"
    case .threeDots: "writes three dots"
    case .manyDots: "writes four dots or more"
    case .doubleHyphen: "writes “--”"
    case .spacedHyphen: "sets a hyphen between spaces"
    case .spaceBeforeMark: "puts a space before marks"
    case .noSpaceAfterComma: "leaves no space after a comma"
    case .doubleSpace: "writes double spaces"
    case .twoSpacesAfterPeriod: "puts two spaces after a full stop"
    case .tab: "uses tabs"
    case .spaceInsideBracket: "puts a space inside brackets"
    case .doubleQuoted: "opens double quotes before a word"
    case .singleQuoted: "opens single quotes before a word"
    case .bracketed: "puts words in brackets"
    case .starred: "sets words in *asterisks*"
    case .underscored: "sets words in _underscores_"
    case .backticked: "sets words in `backticks`"
    case .commaBeforeAnd: "puts a comma before “and”"
    case .ampersandWord: "writes “&” between words"
    case .sentenceStartsLower: "begins sentences in lower case"
    case .sentenceStartsAnd: "begins sentences with “and”"
    case .sentenceStartsBut: "begins sentences with “but”"
    case .sentenceStartsSo: "begins sentences with “so”"
    case .sentenceStartsI: "begins sentences with “I”"
    case .emoji: "uses emoji"
    case .emojiRun: "puts emoji in rows"
    case .skinTone: "uses emoji with a skin tone"
    case .variationSelector: "uses emoji with a variation selector"
    case .replacement: "has characters that could not be read"
    case .percentNumber: "writes percentages"
    case .currencyNumber: "writes amounts with a currency sign"
    case .clockTime: "writes times of day with a colon"
    }
  }
}
