// CMime
