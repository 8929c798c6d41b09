// The form works without this; it only says that the upload is under way.
const form = document.getElementById("upload");
form.addEventListener("submit", () => {
  form.querySelector("button").disabled = true;
  document.getElementById("upload-state").textContent = "Uploading and reading the file…";
});
