// What is folded where there is little room stands open where there is more; without scripts it stays folded.
if (matchMedia("(width >= 60rem)").matches) {
  for (const folded of document.querySelectorAll("details[data-open-wide]")) folded.open = true;
}
