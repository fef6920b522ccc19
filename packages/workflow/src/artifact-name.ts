const extension = /\.(?:xsd|xslt|xsl|liquid|json|xml|txt)$/;

/** The names by which an artifact is looked up: in lower case, as it is and without the extension of a file. */
export function artifactNames(name: string): { readonly whole: string; readonly stem: string } {
  const whole = name.trim().toLowerCase();
  return { whole, stem: whole.replace(extension, '') };
}

/** Of several artifacts the one that a name means: the one named so, else one that differs in the extension only. */
export function chooseArtifact<T extends { readonly name: string }>(
  artifacts: readonly T[],
  name: string,
): T | undefined {
  const { whole, stem } = artifactNames(name);
  const exact = artifacts.find((artifact) => artifactNames(artifact.name).whole === whole);
  if (exact !== undefined) return exact;
  return artifacts.find((artifact) => {
    const own = artifactNames(artifact.name);
    // `a.xsl` does not mean `a.liquid`: one of the two has to be without an extension.
    return own.stem === stem && (own.whole === own.stem || whole === stem);
  });
}
