/// English words of which handles are often made, so that sharing one says little.
///
/// Chosen by hand among nouns and adjectives of what people like, are or support; no corpus of handles was read. A word
/// that is missing here passes for letters at random: its holders look rarer than they are.
enum PopularWords {
  static let list = WordList(
    """
    adventure agent alien angel anime apple army artist baby bad banana bandit baseball basketball batman beach
    bear beast beauty best big biker bird black blonde blood blue boi book books boss boy bro bubble bug bunny
    buster butterfly cake candy captain car cat champ cheeky chef cherry chick chief child chocolate city club
    coffee cookie cool cowboy crazy cricket crystal curly cute dad daddy daisy dancer dark day death demon devil
    diamond doctor dog dolphin dragon dream dreamer driver drummer dude eagle earth elephant emo english evil
    eyes face fairy fan fire fish fitness flower flyer foodie football freak free freedom fun funny galaxy game
    gamer gaming geek ghost giant girl girls gold golden golf gooner grandma great green guitar gunner guy happy
    hawk heart heaven hell hero hippy hockey honey horse hot hunter ice insta irish jedi jester joker juice kid
    killer king kitten kitty knight lad lady lass legend life light lil lion little liverpool london lone lost
    love lover loves lucky lulu mad magic man master maverick max mega men mermaid metal metro midnight miss
    monkey monster moon moonlight mother mountain movie mrs mum mummy music musician mystery nature nerd night
    ninja north northern nurse ocean official old one only owl panda panther paradise party peach penguin
    phantom phoenix photo photography photos pink pirate pixie player poet power pretty prince princess pro
    proud punk puppy purple queen quiet rabbit racer rain rainbow random raven real rebel red rider river robot
    rock rocker rocket rocks rogue rosie royal runner sailor samurai scotland scottish sea secret sexy shadow
    shark shine shooter silent silver singer sister sky slayer sleepy smile sniper snow soccer soldier song soul
    south spider spirit star starlight storm strange street strong student style sugar summer sun sunny sunset
    sunshine super surfer sweet swift teacher team tennis terror the thunder tiger tiny titan trader travel
    traveler traveller trouble true ultra unicorn united vampire vegan velvet viking violet viper voice walker
    wanderer warrior water welsh white wicked wild wind winter wise witch wizard wolf woman wonder world worm
    yellow yoga york zombie
    """)
}
