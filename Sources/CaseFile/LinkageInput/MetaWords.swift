/// What Facebook and Instagram themselves write as the text of a message, so that it is not taken for the habit of its
/// sender: each photograph of a chat can be one such sentence.
///
/// The record keeps the whole text; only the comparison of how people write leaves this out.
enum MetaWords {
  /// Ends of sentences that begin with the sender's name.
  private static let ends = [
    " sent an attachment.", " sent a photo.", " sent a video.", " sent a voice message.", " sent a link.",
    " sent a sticker.", " sent a GIF.", " sent a GIF from GIPHY.", " sent a location.",
    " sent a live location.",
    " shared a story.", " shared a post.", " left the group.", " to the group.", " created the group.",
    " changed the group photo.", " hat einen Anhang gesendet.", " a envoyé une pièce jointe.",
    " envió un archivo adjunto.", " ha enviado un archivo adjunto.", " enviou um anexo.",
    " ha inviato un allegato.",
    " heeft een bijlage verzonden.",
  ]

  /// Longest of such sentences, in bytes.
  private static let longest = 200

  /// The text, or nothing where it is the platform's.
  static func own(_ text: String) -> String {
    if text.utf8.count > longest || text.utf8.contains(0x0A) { return text }
    let plain = text.last == " " ? text.dropLast() : text[...]
    let isReaction = plain.hasPrefix("Reacted ") && plain.hasSuffix(" to your message")
    return isReaction || plain == "Liked a message" || ends.contains { plain.hasSuffix($0) } ? "" : text
  }
}
