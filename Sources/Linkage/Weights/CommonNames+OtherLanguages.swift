extension CommonNames {
  /// Given names of other languages that many in Britain bear, chosen by hand, those of four and five letters where they are
  /// among the commonest of their language: as letters at random they would be so rare that two accounts called
  /// `harjitsingh` had one owner.
  static let givenOfOtherLanguages = """
    abdelrahman abdirahman abdulaziz abdullahi abdulrahman abiodun adebayo adeola adewale aditya ahmad ahmet
    ajay akash akosua akshay alejandra aleksander aleksandra alexandru aman amandeep amardeep amarjit
    amritpal ananya andreea andrzej anjali ankit arshdeep asghar ashish ashok aylin aynur ayodele ayomide
    ayse aysel babatunde bahar balbir baljinder baljit balwinder baris bartosz bayram bhavesh bhavin bogdan
    burak busra cansu carolina ceren charanjit chetan chiamaka chidinma chinedu chukwudi chukwuemeka cihan
    ciprian cristian cristina daljit dariusz deepika deniz derya dharmesh dilek dinesh dominik dominika
    dorota ebru elif elzbieta emine emre ercan erkan esra ewelina fadi faisal faizan farhan farhana farooq
    fatih fatimah fatma fernanda filiz florin folake francisco furkan gabriela gamze geeta georgiana gizem
    gokhan grzegorz gulay gulsen guoqiang gurdeep gurjit gurminder gurvinder habiba haiyan hakan halina
    haoran haoyu harinder harish harjinder harjit harman harmanpreet harminder haroon harvinder hasan
    hasnain hatice hitesh hulya humaira huseyin ifeanyi iftikhar ikechukwu ionela irem ismail jagdeep jagjit
    jameel jamila janusz jaroslaw jasbir jasvinder jaswinder jatinder javier jayesh jiahui jianguo jianhua
    jiaxin jiayi jignesh jingjing jitendra joaquin jolanta juliana junjie justyna jyoti kacper kadir kalpesh
    kamila kamlesh kamran karim karolina karthik kashif kavita kazimierz kehinde kemal khaled khalid kiran
    kirandeep krishna krystian krystyna kubra kuldeep kulvinder kulwinder kwabena lakhvir lakshmi lalit
    lalita leticia lingling luciana lukasz maciej mahesh mahmood mahmoud mahmud malgorzata mandeep maninder
    manish manisha manjit manoj marcelo marcin mariam mariana mariola mariusz maryam marzena mehmet mehmood
    meiling melek meltem merve michal mihaela mikolaj milena mitesh mohamad mohamed mohammad mohamud mohit
    mukesh murat nabila nadeem naresh narinder nasreen nasser navdeep naveed naveen nazli neha nicolae
    nicoleta nikhil nikita nilesh nitin nnamdi nuray nurcan obinna olumide oluwaseun oluwatobi omolara
    onur orhan osman ovidiu ozgur ozlem oznur pankaj paramjit pardeep parminder parveen patryk paulina pelin
    phuong pinar prakash pranav prashant pritesh pritpal priyanka przemyslaw radoslaw rajinder rajvinder
    rakesh raluca ramazan ramesh rami rashid ravinder razvan recep rehman rekha renata ritesh rizwan rodrigo
    rohit roxana rukhsana rupinder sachin safiya salim salman sameer samina samira sanjeev sarbjit satish
    satnam satwinder selim selin serdar serkan sevgi sevim shabana shabir shahid shahida shailesh shakeel
    shazia shilpa shreya sibel siddharth simran simranjit sinan siyuan slawomir sneha sohail songul
    stanislaw stefania sukhdeep sukhjit sukhvinder sukhwinder sumaira sumit suresh surinder surjit swati
    sylwia szymon tahira tanveer tejinder temitope thiago tingting titilayo tolga tomasz tugba tulay uchenna
    ugur umut urszula valentin varun vijay vikram vishal vivek volkan waleed walid waseem weiwei wiktor
    wiktoria wioletta wojciech xiaofeng xiaohong xiaohua xiaoli xiaoming xiaoyan xiaoyu xinyi yasemin
    yasmeen yating yetunde yichen yifan yingying yiting yogesh yousef youssef yunus yuxuan zaheer zbigniew
    zeeshan zeynep zhiqiang zhiwei zihan zixuan zubair zuzanna
    """

  /// Family names of other languages, likewise, also shorter ones.
  static let familyOfOtherLanguages = """
    acar adamczyk adeyemi agarwal aggarwal agyemang akhtar aksoy almeida alvarez appiah arora arslan asante
    aslan aydin bajwa balogun banerjee bashir bhatia boateng brar bulut carvalho castillo celik cetin chan
    chatterjee chaudhary chaudhry chauhan chen cheng cheung chopra choudhury chow chowdhury conteh dabrowska
    dabrowski darwish delgado demir deng desai dhaliwal dhillon diallo dogan dominguez dumitru dutta erdogan
    feng fernandes fernandez ferreira gheorghe ghosh goncalves grabowska grabowski grewal gupta gutierrez
    haddad herrera hoang huang huynh ionescu iqbal islam iyer jablonska jablonski jain jankowska jankowski
    jaworska jaworski jiang jimenez joshi kaczmarek kamara kaminska kaminski kapoor kaya keskin khalil
    khanna khoury kilic korkmaz kowalczyk kowalska kowalski kozlowska kozlowski krawczyk kumar kwiatkowska
    kwiatkowski kwok leung lewandowska lewandowski liang majewska majewski malhotra malik mansour medina
    mehta mendoza menon mensah michalska michalski mirza mishra mistry morales mukherjee naidu nair navarro
    nowakowska nowakowski ogunleye okafor okonkwo oliveira olszewska olszewski ortega owusu ozdemir ozkan
    ozturk pandey pandya parmar pawlowska pawlowski peng pereira pillai piotrowska piotrowski polat popescu
    qureshi rahman rana rathod reddy ribeiro rodrigues romero sahin saini saleh salem sandhu sangha santos
    sarkar sethi shah shaikh sharma sheikh siddique siddiqui sidhu silva simsek solanki szymanska szymanski
    tang teixeira thakkar thakur tiwari traore trivedi tsang turan uddin vargas vazquez verma wang wieczorek
    wisniewska wisniewski wojcik wong wozniak xie yadav yang yavuz yeung yildirim yildiz yilmaz zeng zhang
    zhao zheng zhou zielinska zielinski
    """
}
