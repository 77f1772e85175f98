// The theme opens its two menus as dialogs on narrow screens. What it leaves out: a link to a place on the
// same page closes the dialog that lies over it, and Escape gives the focus back to the button.
document.addEventListener("DOMContentLoaded", () => {
  for (const side of ["primary", "secondary"]) {
    const dialog = document.getElementById(`pst-${side}-sidebar-modal`);
    dialog?.addEventListener("click", (event) => {
      if (event.target.closest("a")?.pathname === location.pathname) dialog.close();
    });
    dialog?.addEventListener("keydown", (event) => {
      if (event.key === "Escape") setTimeout(() => document.querySelector(`.${side}-toggle`).focus());
    });
  }
});
