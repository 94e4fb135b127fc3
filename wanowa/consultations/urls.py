"""Addresses of consultations."""

from django.urls import path

from wanowa.consultations import views

app_name = "consultations"
urlpatterns = [
    path("", views.index, name="index"),
    path("receipt/", views.receipt, name="receipt"),
    path("look/", views.look, name="look"),
    path("with/<str:token>/", views.by_link, name="by_link"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/files/<int:pk>/", views.attachment, name="attachment"),
    path("answers/", views.answers, name="answers"),
    path("answers/<int:pk>/", views.answer, name="answer"),
    path("my-work/", views.work, name="work"),
    path("report/", views.report, name="report"),
    path("report/<str:month>.<str:kind>", views.report_file, name="report_file"),
    path("desk/", views.desk, name="desk"),
    path("desk/new/", views.new, name="new"),
    path("desk/rota/", views.rota, name="rota"),
    path("desk/card/", views.card, name="card"),
    path("desk/cases/<str:number>/", views.held, name="held"),
]
