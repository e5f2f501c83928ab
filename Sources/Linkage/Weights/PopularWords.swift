/// English words of which handles are often made, so that sharing one says little.
///
/// Chosen by hand among nouns and adjectives of what people like, are or support, places that they are from, and what one
/// calls an account without a name; no corpus of handles was read. A word that is missing here passes for letters at
/// random: its holders look rarer than they are.
enum PopularWords {
  static let list = WordList(
    """
    account adventure adventures agent alien angel anime anon anonymous apple army arsenal artist auntie babe
    baby backup bad bakes baking banana bandit baseball basketball batman beach bear beast beauty belfast best
    big biker bird birmingham black blonde blood blue boi book books boss boy bradford brighton bristol
    british bro brother bubble bug bunny burner buster butterfly cake candy captain car cardiff cat celtic
    champ cheeky chef chelsea cherry chick chief child chocolate city club coffee cookie cool cornwall cowboy
    crafts crazy cricket crystal curly cute dad daddy daisy dancer dark day death demon devil devon diamond
    diaries doctor dog dolphin dragon dream dreamer driver drummer dublin dude eagle earth edinburgh elephant
    emo england english essex everton evil eyes face fairy fan fire fish fitness flower flyer food foodie
    football forever freak free freedom fun funny galaxy game gamer gaming geek geordie ghost giant girl girls
    glasgow gold golden golf gooner grandma great green guitar gunner guy hair happy hawk heart heaven hell
    hero hidden hippy hockey honey horse hot hunter ice insta ireland irish jedi jester joker juice justice
    karma kent kid killer king kitchen kitten kitty knight lad lads lady lancashire lass leeds legend
    leicester life light lil lion little liverpool living london lone lost love lover lovers loves lucky lulu
    mad magic makeup man manchester master maverick max mega men mermaid metal metro midnight miss mister
    monkey monster moon moonlight mother mountain movie mrs mum mummy music musician mystery nails nana nature
    nerd newcastle night ninja nobody north northern nottingham nurse ocean official old one only owl panda
    panther paradise party peach penguin phantom phoenix photo photography photos pics pink pirate pixie
    player poet power pretty prince princess private pro proud punk puppy purple queen quiet rabbit racer rain rainbow
    random rangers raven real rebel red revenge rider river robot rock rocker rocket rocks rogue rosie royal
    runner sailor samurai scotland scottish scouse scouser sea second secret sexy shadow shark sheffield shine
    shooter silent silver singer sister sky slayer sleepy smile sniper snow soccer soldier somebody someone
    song soul south spare spider spirit spurs star starlight storm strange stranger street strong student
    style sugar summer sun sunny sunset sunshine super surfer sweet swift teacher team tennis terror the
    thereal throwaway thunder tiger tiny titan trader travel traveler traveller trouble true truth ultra
    unicorn united unknown user vampire vegan velvet vibes viking violet viper voice wales walker wanderer
    wanderlust warrior water welsh white wicked wild wind winter wise witch wizard wolf woman wonder world
    worm yellow yoga york yorkshire zombie
    """)
}
