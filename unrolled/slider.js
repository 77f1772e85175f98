// Shows the setting at which the slider stands. Every number was computed beforehand and stands in the page.
(() => {
  const box = document.currentScript.closest(".unrolled-slider");
  const find = (what) => box.querySelector(what);
  const { x, settings } = JSON.parse(find("script[type='application/json']").textContent);
  const input = find("input");

  function show() {
    const setting = settings[input.value];
    setting.y.forEach((ys, k) => {
      const points = ys.map((y, i) => `${x[k][i]} ${y}`);
      find(`[id$='-curve-${k}'] path`).setAttribute("d", `M${points.join("L")}`);
    });
    input.setAttribute("aria-valuetext", setting.value);
    find(".unrolled-value").textContent = setting.value;
    find("[role='status']").textContent = setting.summary;
  }

  find(".unrolled-control").hidden = false;
  find("details").open = false; // without scripts the table stands open
  input.addEventListener("input", show);
  show();
})();
