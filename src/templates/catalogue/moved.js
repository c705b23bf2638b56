// Redirects from the former address of a packet or page to the new one. `moved` has pairs of old and new path prefixes.
{
  const root = new URL("../", document.currentScript.src);
  const path = decodeURIComponent(location.pathname.slice(root.pathname.length));
  const found = moved.find(([before]) => path.startsWith(before));
  if (found && location.pathname.startsWith(root.pathname)) {
    const [before, now] = found;
    location.replace(root.href + (now + path.slice(before.length)).split("/").map(encodeURIComponent).join("/"));
  }
}
