extension CommonNames {
  /// Given names of other languages that many in Britain bear, of six letters and more, chosen by hand: as letters at
  /// random they would be so rare that two accounts called `harjitsingh` had one owner.
  static let givenOfOtherLanguages = """
    abdelrahman abdirahman abdulaziz abdullahi abdulrahman abiodun adebayo adeola adewale aditya akosua akshay
    alejandra aleksander aleksandra alexandru amandeep amardeep amarjit amritpal ananya andreea andrzej anjali
    arshdeep asghar ashish ayodele ayomide babatunde balbir baljinder baljit balwinder bartosz bhavesh bhavin
    bogdan carolina charanjit chetan chiamaka chidinma chinedu chukwudi chukwuemeka ciprian cristian cristina
    daljit dariusz deepika dharmesh dinesh dominik dominika dorota elzbieta ewelina faisal faizan farhan
    farhana farooq fatimah fernanda florin folake francisco gabriela georgiana grzegorz gurdeep gurjit
    gurminder gurvinder habiba halina haoran harinder harjinder harjit harman harmanpreet harminder haroon
    harvinder hasnain hitesh humaira huseyin ifeanyi iftikhar ikechukwu ionela ismail jagdeep jagjit jameel
    jamila janusz jaroslaw jasbir jasvinder jaswinder jatinder javier jayesh jiahui jianguo jianhua jiaxin
    jignesh jitendra joaquin jolanta juliana junjie justyna kacper kalpesh kamila kamlesh kamran karolina
    karthik kashif kazimierz kehinde khalid kirandeep krishna krystian krystyna kuldeep kulvinder kulwinder
    kwabena lakhvir lakshmi leticia luciana lukasz maciej mahesh mahmood mahmoud mahmud malgorzata mandeep
    maninder manish manisha manjit marcelo marcin mariam mariana mariola mariusz maryam marzena mehmet mehmood
    michal mihaela mikolaj milena mitesh mohamad mohamed mohammad mohamud mukesh nabila nadeem naresh narinder
    nasreen navdeep naveed nicolae nicoleta nikhil nilesh nnamdi obinna olumide oluwaseun oluwatobi omolara
    ovidiu paramjit pardeep parminder parveen patryk paulina phuong prakash pranav prashant pritesh pritpal
    priyanka przemyslaw radoslaw rajinder rajvinder rakesh raluca ramesh rashid ravinder razvan rehman renata
    ritesh rizwan rodrigo roxana rukhsana rupinder sachin safiya salman sameer samina samira sanjeev sarbjit
    satish satnam satwinder shabana shabir shahid shahida shailesh shakeel shazia shilpa shreya siddharth
    simran simranjit slawomir sohail stanislaw stefania sukhdeep sukhjit sukhvinder sukhwinder sumaira suresh
    surinder surjit sylwia szymon tahira tanveer tejinder temitope thiago titilayo tomasz uchenna urszula
    valentin vikram vishal waleed waseem wiktor wiktoria wioletta wojciech xiaohong xiaoli xiaoming xiaoyan
    xiaoyu yasmeen yating yetunde yichen yiting yogesh yousef youssef yuxuan zaheer zbigniew zeeshan zhiwei
    zixuan zubair zuzanna
    """

  /// Family names of other languages, likewise, also shorter ones.
  static let familyOfOtherLanguages = """
    adamczyk adeyemi agarwal aggarwal agyemang akhtar almeida alvarez appiah asante balogun bashir boateng
    carvalho castillo chaudhary chaudhry chauhan choudhury chowdhury conteh dabrowska dabrowski delgado desai
    dhaliwal dhillon diallo dominguez dumitru fernandes fernandez ferreira gheorghe goncalves grabowska
    grabowski grewal gupta gutierrez haddad herrera hoang huang huynh ionescu iqbal islam jablonska jablonski
    jankowska jankowski jaworska jaworski jimenez kaczmarek kamara kaminska kaminski khalil kowalczyk kowalska
    kowalski kozlowska kozlowski krawczyk kumar kwiatkowska kwiatkowski lewandowska lewandowski majewska
    majewski malik mansour medina mehta mendoza mensah michalska michalski mirza mishra mistry morales navarro
    nowakowska nowakowski ogunleye okafor okonkwo oliveira olszewska olszewski ortega owusu ozturk pandey
    parmar pawlowska pawlowski pereira piotrowska piotrowski popescu qureshi rahman rathod ribeiro rodrigues
    romero saleh sandhu sangha santos shaikh sharma sheikh siddique siddiqui silva solanki szymanska szymanski
    teixeira thakkar traore uddin vargas vazquez verma wieczorek wisniewska wisniewski wojcik wozniak yildiz
    yilmaz zhang zheng zielinska zielinski
    """
}
