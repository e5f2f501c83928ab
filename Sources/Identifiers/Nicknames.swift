/// Short and familiar forms of given names.
///
/// Compiled for this engine from common English usage; each line is a name and the forms it is known by. A form may
/// stand for several names (Alex, Sam, Chris). Two names share a line or they do not: "Bob" and "Rob" do.
public enum Nicknames {
  private static let lines = """
    abigail abby abbie gail
    adelaide addie della
    agnes aggie nessie
    albert al bert bertie
    alexander alex alec sandy xander sasha alasdair alistair
    alexandra alex sandra sandy lexi lexie sasha
    alfred alf alfie fred
    alison ali allie
    amanda mandy manda
    amelia amy millie mia
    andrew andy drew
    angela angie ange
    ann anne anna annie nan nancy hannah
    anthony antony tony ant
    antonia toni tonya
    archibald archie
    arthur art artie
    augustus gus august
    barbara barb barbie babs bab
    bartholomew bart
    beatrice bea trixie
    benedict ben
    benjamin ben benny benji
    bernard bernie
    bradley brad
    brian bryan
    bridget biddy bridie
    cameron cam
    caroline carolyn carol carrie caro
    cassandra cass cassie sandra
    catherine katherine kathryn katharine kate katie cathy kathy kitty kat cath kath kay trina
    cecilia celia cissy
    charles charlie chuck chas charley
    charlotte charlie lottie lotte
    christina christine chris chrissy tina kirsty
    christopher chris kit topher kris
    clifford cliff
    cornelius neil con
    cynthia cindy
    daniel dan danny
    danielle dan dani dannie
    david dave davey davy
    deborah debra deb debbie
    dennis denis denny den
    dominic dom nick
    donald don donnie donny
    dorothy dot dottie dolly dora
    douglas doug dougie
    edmund ed eddie ned ted
    edward ed eddie ted teddy ned
    edwin ed eddie
    eleanor elinor ellie nell nellie nora ella lena
    elizabeth elisabeth liz lizzie beth betty eliza libby bess bessie betsy elsie lisa liza
    emily em emmy millie
    emma em emmy
    ernest ernie
    eugene gene
    evelyn eve evie
    florence flo florrie flossie
    frances fran fanny frankie francie
    francis frank frankie fran
    franklin frank
    frederick fred freddie freddy rick fritz
    gabriel gabe
    gabrielle gabby gabi
    geoffrey geoff jeffrey jeff
    george georgie
    georgina georgia georgie gina
    gerald gerry jerry
    gerard gerry jerry
    gertrude gertie trudy
    gillian gill jill
    gregory greg
    gwendolyn gwen
    harold harry hal
    harriet hattie
    helen nell nellie ellen lena
    henrietta etta hettie
    henry harry hal hank
    herbert herb bert bertie
    howard howie
    hubert bert hugh
    hugh hughie
    ignatius iggy
    irene rene
    isaac zac ike
    isabel isabella isabelle bella izzy belle ella issy
    jacob jake jack
    jacqueline jackie jacqui
    james jim jimmy jamie jem
    jane janie jenny
    janet jan
    janice jan
    jason jay
    jennifer jen jenny jenna
    jeremy jerry jez
    jessica jess jessie
    joan joanie
    joanna joanne jo
    john jack johnny jon ian
    jonathan jonathon jon jonny
    joseph joe joey jo
    josephine jo josie
    joshua josh
    judith judy jude
    julia julie jules
    julian jules
    kathleen kath kathy kat kate katie
    katrina trina kat
    kenneth ken kenny
    kimberley kimberly kim
    kristen kristin kristina kris kirsten
    laura laurie lori
    lawrence laurence larry laurie lars
    leonard leo len lenny
    leslie les
    lewis louis lou louie
    lillian lily lil
    louise lou
    lucille lucy
    madeline madeleine maddie maddy
    magdalene lena maggie
    malcolm mal
    margaret maggie meg megan peggy marge margie greta rita daisy madge mags
    marcus mark marc
    maria mary marie moll molly polly mae may mimi
    marilyn lynn
    martha marty mattie patty
    martin marty
    matilda tilly maud mattie
    matthew matt matty mat
    maurice morris mo
    maximilian max
    melanie mel
    melissa mel lissa missy
    michael mike mick micky mickey mikey mitch
    michelle shelly shell
    mildred millie
    miranda mandy randy
    mitchell mitch
    nathan nate nat
    nathaniel nathan nate nat
    natalie nat
    nicholas nick nicky nico klaus
    nicola nicole nicky nikki
    norman norm
    oliver ollie
    olivia liv livvy ollie
    oscar ossie
    pamela pam
    patricia pat patsy patty trish tricia
    patrick pat paddy rick
    paula pauline polly
    penelope penny
    peter pete
    philip phillip phil pip
    philippa phil pippa pip
    priscilla cilla prissy
    rachel rachael rae
    randolph randall randy
    raymond ray
    rebecca becky becca beck bec
    reginald reg reggie
    richard rick ricky dick rich richie dickie
    robert bob bobby rob robbie bert rab
    roberta rob bobbie robbie berta
    roderick rod roddy rick
    rodney rod
    roger rodge
    ronald ron ronnie ronny
    rosalind ros roz
    rosemary rose rosie ros roz
    rowland roland roly
    russell russ rusty
    ruth ruthie
    samantha sam sammy
    samuel sam sammy
    sarah sara sally sadie
    sebastian seb bas
    sharon shaz
    sidney sydney sid
    simon si
    sophia sophie
    stanley stan
    stephen steven steve stevie ste
    stephanie steph
    stewart stuart stu stew
    susan susanna susannah suzanne sue susie suzy sukie
    sylvester sly
    tabitha tabby
    terence terry tel
    theodore theo ted teddy
    theresa teresa terry tess tessa
    thomas tom tommy
    timothy tim timmy
    tobias toby
    valerie val
    veronica ronnie nicky
    victor vic
    victoria vic vicky vicki tori
    vincent vince vinny
    virginia ginny ginger
    walter walt wally wat
    wendy wen
    wilfred wilf fred
    wilhelmina mina willa billie
    william bill will billy willie willy liam wim
    winifred winnie freda
    zachary zachariah zac zach zak
    """

  /// Bytes of the names of the table.
  @usableFromInline static let lengths = 2...11

  /// By name, the lines it stands in, at most four, 16 bits each.
  @usableFromInline static let table: [String: UInt64] = {
    var table: [String: UInt64] = [:]
    for (number, line) in lines.split(separator: "\n").enumerated() {
      for name in line.split(separator: " ") {
        let held = table[String(name), default: 0]
        if held >> 48 == 0 { table[String(name)] = held << 16 | UInt64(number + 1) }
      }
    }
    return table
  }()

  /// The lines that a folded name of `length` bytes stands in, as `share` takes them; 0 for none.
  @inlinable
  public static func groups(of name: @autoclosure () -> String, length: Int) -> UInt64 {
    lengths.contains(length) ? table[name()] ?? 0 : 0
  }

  /// Whether a folded name stands in the table.
  public static func isKnown(_ name: some Collection<UInt8>) -> Bool {
    groups(of: String(decoding: name, as: UTF8.self), length: name.count) != 0
  }

  /// Whether two names share a line, by the lines of each.
  public static func share(_ left: UInt64, _ right: UInt64) -> Bool {
    if left == 0 || right == 0 { return false }
    var one = left
    while one != 0 {
      var two = right
      while two != 0 {
        if one & 0xffff == two & 0xffff { return true }
        two >>= 16
      }
      one >>= 16
    }
    return false
  }
}
