"""The site with the pages of imports, wherever the project has them."""

from django.urls import include, path

from thongsuot.project.urls import urlpatterns as whole_site

urlpatterns = [*whole_site, path("", include("thongsuot.foundation.imports.urls"))]
