/// Labels of Instagram's comments, in the languages known.
enum MetaCommentLabel {
  /// Of what was written.
  static let words: Set<String> = [
    "comment", "kommentar", "commentaire", "comentario", "commento", "comentário", "reactie", "komentarz",
    "댓글",
    "コメント",
  ]
  /// Of whose picture it stands under.
  static let mediaOwner: Set<String> = [
    "media owner", "medieninhaber", "eigentümer des mediums", "propriétaire du contenu",
    "propietario del contenido",
    "proprietario dei contenuti multimediali", "proprietário da mídia", "eigenaar van media",
    "właściciel multimediów", "media eigentümer", "media inhaber",
  ]
}
