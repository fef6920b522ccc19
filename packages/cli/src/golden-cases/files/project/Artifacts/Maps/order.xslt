<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text"/>
  <xsl:template match="order"><xsl:value-of select="concat(@id, ': ', count(item), ' items')"/></xsl:template>
</xsl:stylesheet>
