/// Words that join parts of a family name and are none themselves.
public enum NameParticles {
  /// In small letters.
  public static let all: Set<String> = [
    "van", "von", "de", "der", "den", "da", "das", "do", "dos", "del", "della", "di", "du", "la", "le", "ter",
    "ten", "bin", "ibn", "al", "el", "y", "e", "af", "av", "zu", "of", "the",
  ]
}
