/// The words behind the rates: common English usage, from no corpus.
enum RateLists {
  static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  static let functionWords = words(
    """
    a about above across actually after afterwards again against ago ah all almost alone along already also although \
    always am among an and another any anybody anyone anything anyway anywhere apart are around as aside at away \
    back basically be because been before behind being below beneath beside besides better between beyond both but \
    by can certainly clearly completely could course definitely despite did do does doing done down during each \
    either else enough entirely especially even eventually ever every everybody everyone everything everywhere \
    exactly except extremely fairly far few finally first for former from further generally get gets getting give \
    go goes going gone got had hardly has have having he hello hence her here hers herself hey hi him himself his \
    hopefully how however i if in indeed instead into is it its itself just keep kind last lately later least less \
    let like likely literally little lot lots made mainly make many may maybe me mean merely might mine more \
    moreover most mostly much must my myself namely near nearly need neither never nevertheless next no nobody none \
    nonetheless nor normally not nothing now nowhere obviously of off often oh on once one ones only onto or other \
    others otherwise ought our ours ourselves out over own perhaps please possibly pretty probably put quite rather \
    really recently regarding right said same say says see seem seems seriously several shall she should simply \
    since so some somebody somehow someone something sometimes somewhat somewhere soon sorry sort still stuff such \
    surely take than thank thanks that the their theirs them themselves then there therefore these they thing \
    things think this those though through throughout thus till to together too totally toward towards truly try \
    two under unless unlike until up upon us use used usually various very via want was way we well went were what \
    whatever when whenever where whereas wherever whether which whichever while who whoever whole whom whose why \
    will with within without would yeah yep yes yet you your yours yourself yourselves
    """)

  /// Short forms and what they stand for; words of their own where nothing is said.
  static let abbreviations = words(
    """
    u=you ur=your r=are y=why n=and b=be k=ok kk=ok ok=okay okay=ok okey=okay alright=all_right plz=please \
    pls=please thx=thanks thnx=thanks tnx=thanks ty=thank_you tyvm=thank_you np=no_problem yw=you’re_welcome \
    lol lmao rofl lmfao haha hahaha hehe heh hah hmm hm mmm umm um uh uhh erm er ugh meh bleh eh huh wow whoa yay \
    aww oops ouch omg omfg wtf wth tbh imo imho afaik afaict iirc iiuc fwiw btw fyi asap brb afk bbl bbs gtg g2g \
    ttyl cya cu=see_you l8r=later gr8=great m8=mate b4=before 2day=today 2moro=tomorrow tmrw=tomorrow tmr=tomorrow \
    2nite=tonight tonite=tonight nite=night thru=through tho=though altho=although cuz=because coz=because \
    cos=because bc=because becuz=because wanna=want_to gonna=going_to gotta=have_to gimme=give_me lemme=let_me \
    kinda=kind_of sorta=sort_of outta=out_of dunno=don’t_know whatcha=what_are_you gotcha ya=you yall=you ye=you \
    yea=yeah yeh=yeah yah=yeah yup=yes nope=no nah=no nvm=never_mind idk=I_don’t_know idc=I_don’t_care \
    ily=I_love_you jk=just_kidding smh ikr irl ftw rn=right_now ppl=people peeps=people sth=something \
    smth=something sb=somebody w=with wo=without abt=about bout=about msg=message pic=picture pics=pictures \
    probs=probably prob=probably prolly=probably def=definitely obvs=obviously obv=obviously tot=totally \
    srsly=seriously rly=really rlly=really vry=very v=very sry=sorry soz=sorry fav=favourite bf gf bff bday=birthday \
    bro dude mate lad man guys folks luv=love wat=what wut=what wot=what dat=that da=the dis=this dem=them dey=they \
    em=them dont’cha innit aint=isn’t ppl’s etc eg ie vs aka ps re cc info esp approx govt dept mins secs hrs yrs \
    congrats cheers ta hiya howdy yo sup hullo welp yikes duh damn hell crap shit fuck fucking bloody freaking \
    frickin effing bugger arse ass bastard bitch gosh jeez geez lordy whatevs whatev awesome cool nice sweet neat \
    sucks lame epic random legit lowkey highkey fr ngl istg tf af asf sus goat bet cap noob newb pwned teh hax \
    xoxo xx xxx xo
    """)

  /// Choices between spellings: the members of each are counted against one another.
  static let spellings = words(
    """
    definitely/definately/definatly/definitly separate/seperate receive/recieve believe/beleive weird/wierd \
    their/thier until/untill tomorrow/tommorow/tommorrow/tomorow really/realy/realley a_lot/alot because/becuase/becouse \
    friend/freind which/wich/whitch different/diffrent beginning/begining occurred/occured occurring/occuring \
    necessary/neccessary/necessery embarrass/embarass accommodate/accomodate independent/independant \
    occasionally/occasionaly/ocasionally immediately/immediatly probably/probly/probaly basically/basicly/basicaly \
    grammar/grammer argument/arguement government/goverment environment/enviroment existence/existance \
    experience/experiance apparently/apparantly/apparentley finally/finaly/finnaly forward/foward \
    grateful/greatful guarantee/garantee/gaurantee happened/happend interesting/intresting knowledge/knowlege \
    library/libary maybe/mabye/mayb noticeable/noticable opinion/opinon people/poeple/peopel personally/personaly \
    possible/possable/posible privilege/priviledge professional/proffesional publicly/publically quiet/quite_ \
    restaurant/restaraunt/resturant ridiculous/rediculous/rediculus schedule/schedual sentence/sentance \
    similar/similiar sincerely/sincerly something/somthing/someting sometimes/somtimes successful/succesful/sucessful \
    surprise/suprise surprised/suprised than/then_ there/ther through/throught/trough truly/truely usually/usualy \
    would/wuold writing/writting together/togehter/togather thought/thougt tried/tryed coming/comming \
    actually/actualy/acually address/adress again/agian all_right/alright already/allready always/allways \
    anyway/anyways anymore/any_more awkward/akward business/buisness/bussiness calendar/calender \
    career/carreer cemetery/cemetary colleague/collegue committed/commited completely/completly conscious/concious \
    convenient/convienient could/culd disappear/dissapear disappoint/dissapoint disappointed/dissapointed \
    especially/expecially/especialy exaggerate/exagerate excellent/excellant familiar/familar february/febuary \
    foreign/foriegn forty/fourty heard/herd_ height/heigth hoping/hopeing immediate/imediate incidentally/incidently \
    intelligent/inteligent interested/intrested language/langauge length/lenght license/lisence lose/loose \
    minute/minuet mischievous/mischievious misspell/mispell ninety/ninty obviously/obviosly okay/okey \
    parliament/parliment piece/peice planning/planing possession/posession preferred/prefered problem/probelm \
    question/qustion recommend/reccomend/recomend referred/refered relevant/relevent religious/religous \
    remember/rember/remeber responsible/responsable rhythm/rythm second/secound should/shoud speech/speach \
    strength/strenght stopped/stoped supposed/suposed tonight/tonite towards/toward afterwards/afterward \
    whether/wether wednesday/wensday without/witout whilst/while amongst/among learnt/learned burnt/burned \
    dreamt/dreamed spelt/spelled spoilt/spoiled e-mail/email/e_mail website/web-site hiya/hi/hey/hello yes/yeah/yep/yup \
    no/nope/nah thanks/cheers/thx/ty bye/goodbye/cya ok/okay/k mum/mom/mam/ma dad/daddy/pop going/goin nothing/nothin \
    doing/doin being/bein talking/talkin looking/lookin coming_/comin getting/gettin making/makin having/havin \
    trying/tryin saying/sayin working/workin playing/playin fucking/fuckin feeling/feelin thinking/thinkin
    """)

  /// British and American spellings.
  static let dialect = words(
    """
    colour/color colours/colors coloured/colored favour/favor favourite/favorite favourites/favorites honour/honor \
    humour/humor labour/labor neighbour/neighbor neighbours/neighbors neighbourhood/neighborhood behaviour/behavior \
    flavour/flavor harbour/harbor rumour/rumor rumours/rumors saviour/savior odour/odor armour/armor vapour/vapor \
    centre/center theatre/theater metre/meter metres/meters litre/liter fibre/fiber calibre/caliber \
    organise/organize organised/organized organising/organizing organisation/organization realise/realize \
    realised/realized realises/realizes realising/realizing recognise/recognize recognised/recognized \
    apologise/apologize apologised/apologized analyse/analyze analysed/analyzed criticise/criticize \
    emphasise/emphasize summarise/summarize specialise/specialize memorise/memorize customise/customize \
    optimise/optimize minimise/minimize maximise/maximize normalise/normalize initialise/initialize \
    serialise/serialize utilise/utilize prioritise/prioritize defence/defense offence/offense licence/license_ \
    pretence/pretense practise/practice_ travelling/traveling travelled/traveled traveller/traveler \
    cancelled/canceled cancelling/canceling labelled/labeled modelling/modeling levelled/leveled fuelled/fueled \
    jewellery/jewelry grey/gray tyre/tire_ tyres/tires kerb/curb cheque/check_ cheques/checks_ programme/program \
    programmes/programs catalogue/catalog dialogue/dialog analogue/analog aeroplane/airplane aluminium/aluminum \
    pyjamas/pajamas moustache/mustache plough/plow sceptical/skeptical manoeuvre/maneuver judgement/judgment \
    ageing/aging fulfil/fulfill enrol/enroll skilful/skillful maths/math holiday/vacation holidays/vacations \
    autumn/fall_ rubbish/garbage flat_/apartment lift_/elevator lorry/truck queue/line_ football_/soccer \
    telly/tv trousers/pants sweets/candy crisps/chips biscuit/cookie biscuits/cookies mobile/cell \
    cosy/cozy dreamt_/dreamed_ whisky/whiskey doughnut/donut omelette/omelet tidbit_/titbit
    """)

  /// Contractions, with apostrophe; each is a choice of it, the same without apostrophe, and the words in full.
  static let contractions = words(
    """
    i'm=i_am i've=i_have i'd=i_would i'll=i_will you're=you_are you've=you_have you'd=you_would you'll=you_will \
    he's=he_is he'd=he_would he'll=he_will_ she's=she_is she'd=she_would it's=it_is it'd=it_would it'll=it_will \
    we're=we_are we've=we_have we'd=we_would they're=they_are they've=they_have they'd=they_would \
    they'll=they_will that's=that_is that'll=that_will there's=there_is here's=here_is what's=what_is \
    where's=where_is who's=who_is how's=how_is let's=let_us isn't=is_not aren't=are_not wasn't=was_not \
    weren't=were_not don't=do_not doesn't=does_not didn't=did_not haven't=have_not hasn't=has_not hadn't=had_not \
    can't=can_not couldn't=could_not won't=will_not wouldn't=would_not shouldn't=should_not mustn't=must_not \
    mightn't=might_not needn't=need_not ain't=am_not y'all=you_all o'clock=of_clock ma'am=madam
    """)

  static let emoticons = words(
    """
    :) :-) :( :-( ;) ;-) :D :-D :P :-P :p :-p ;P ;p :o :O :-o :-O :/ :-/ :\\ :-\\ :| :-| :* :-* :'( :'-( :3 =) =( =D =P \
    =p =/ =] :] :[ :> :< >:( >:) <3 </3 XD xD xd XP xP D: DX ^^ ^_^ ^.^ -_- >_< >.< o_o O_O o_O O_o o.o O.O T_T ;_; \
    u_u n_n *_* \\o/ \\o o/ :S :s :$ :X :x 8) 8-) B) B-) (: (; ): :)) :))) :(( ;)) :D: =O =o :c :C :} :{ ;] ;D ;-D
    """)
}
