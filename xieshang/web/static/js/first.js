// Before anything is painted: say that scripts run. What only works with them is shown from here on.
document.documentElement.classList.add("js");
