/// Sentences with slots for a place, a thing and a time. The three stalkers write of the same matters in
/// sentences of their own, so that the subject alone does not tell them apart.
enum Phrases {
  static func bodies(_ voice: Voice) -> [String] {
    switch voice {
    case .first: first
    case .second: second
    case .third: third
    case .victim: victim
    case .bystander: bystander
    }
  }

  private static let first = [
    "You think blocking me does something.",
    "I'm still here, you know that.",
    "Saw you at {place} {when}.",
    "Who were you with at {place}.",
    "Nice coat you had on {when}.",
    "Tell me about {thing} because I already know.",
    "You can't hide from everybody.",
    "I made another one and it took me two minutes.",
    "You never said what happened with {thing}.",
    "Don't walk past {place} like you don't know me.",
    "Block this one too, I don't care.",
    "I know what you said about me {when}.",
    "It's not over until I say it's over.",
    "You look tired {when}.",
    "Your friends don't know what you're like.",
    "You changed your picture because of me.",
    "I've got all night and you have got work {when}.",
    "You went to {place} {when} and you didn't even look round.",
    "I was there the whole time, that's the thing.",
    "Ask them about {thing}, they will tell you.",
    "You owe me an answer about {thing}.",
    "I only want to talk and you make it weird.",
    "You're going to miss me when I stop.",
    "I don't sleep because of you.",
    "How is {thing} going.",
    "That's what you get for ignoring me.",
    "I can see when you're online.",
    "Everybody at {place} knows about {thing} now.",
    "You can't just disappear on people.",
    "It was raining {when} and you forgot your umbrella.",
  ]

  private static let second = [
    "Your conduct {when} has not gone unnoticed.",
    "I have kept a full record of {thing}; it will be produced when required.",
    "You were observed at {place} {when}.",
    "You would do well to reconsider your position regarding {thing}.",
    "I have written to your employer, and I expect that they will be in touch.",
    "It is most regrettable that you chose to ignore my earlier letters.",
    "While you pretend otherwise, the matter of {thing} remains unresolved.",
    "You are not the only person who keeps notes.",
    "I should be obliged if you would explain your presence at {place}.",
    "There is a certain irony in your asking for privacy.",
    "I am in possession of several photographs taken {when}.",
    "People in your position don't generally get away with it.",
    "Several others, among them your neighbours, share my opinion.",
    "Your silence is itself a form of answer.",
    "I have no intention of desisting; nor am I obliged to.",
    "It would be prudent to settle the question of {thing} without delay.",
    "The account that you closed {when} was of no consequence.",
    "I note that you have altered your route past {place}.",
    "My patience is considerable, but it is not without limit.",
    "You can't suppose that changing your number alters anything.",
    "Certain facts concerning {thing} will shortly become known.",
    "I observed that the light was on until rather late {when}.",
    "This correspondence will continue for as long as is necessary.",
    "You will find that I'm remarkably well informed.",
    "One hears a good deal at {place}, if one cares to listen.",
    "I take no pleasure in this; it is a duty.",
    "I should not mention {thing} to anybody, were I you.",
    "The sender of this message is of no importance; the contents are.",
  ]

  private static let third = [
    "You should have said something about {thing} at work.",
    "Everyone in the office knows it was you.",
    "I lost that job because of you and you never said sorry.",
    "We was good mates and you turned on me.",
    "Bumped into Karen at {place} {when}, she told me alot about you.",
    "You definitely told them about {thing}.",
    "I always covered for you and this is what I get.",
    "Pick up the phone, I been ringing since {when}.",
    "Me and you need a proper chat about {thing}.",
    "I am not going away, you know what I am like.",
    "Your new desk is by the window, very nice.",
    "I could have gone to the boss but I never.",
    "It is really out of order what you done {when}.",
    "See you at {place} then, I will wait.",
    "You are always at {place} {when}, I aint stupid.",
    "Tell the new manager I said hello.",
    "Its a small town and everyone talks.",
    "Just ring me back, thats all I am asking.",
    "I seen you with him {when}, very cosy.",
    "I still got {thing}, come and get it.",
    "You never used to be like this.",
    "I will keep texting till you answer.",
    "Remember the Christmas do, I do.",
    "They gave you my shifts, didnt they.",
    "I have told everyone my side now.",
    "Why you being funny with me.",
    "I always know when you finish, ten past five.",
    "You really should have thought about that before.",
  ]

  private static let victim = [
    "Please stop contacting me.", "I have asked you to leave me alone.", "Do not message me again.",
    "I don't know who this is, but stop.", "I'm keeping all of these.", "I have reported this account.",
    "This is the last time I will reply.", "I do not want any contact with you.",
  ]

  private static let bystander = [
    "Are you still on for {place} {when}?", "I've left {thing} with the neighbours.",
    "Hope you're doing OK, ring me any time.", "We could meet at {place} if that's easier.",
    "Did you hear back about {thing}?", "Thanks for coming {when}, it was lovely.",
    "Running ten minutes late, sorry!",
    "I can pick you up from {place}.", "Mum says hello.", "Let me know when you're home safe.",
    "Shall I bring anything {when}?", "I forgot to ask about {thing}.", "Lovely photo!",
    "The train was cancelled again, so I'm at {place}.", "Have you told anybody about it?",
    "Take care of yourself, and keep the screenshots.",
  ]
}
